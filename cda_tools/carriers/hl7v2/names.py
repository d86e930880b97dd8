"""The names of the MetaDMPMSS indicators, of today and of older profiles.

Source: CI-SIS, guide « Transmission d'un document CDA-R2 en HL7v2 » 2.1.3, profils-messages.
"""

SYSTEM = "MetaDMPMSS"
"""OBX-3.3 of an indicator."""

LABELS = {
    "MASQUE_PS": "Masqué aux professionnels de Santé",
    "INVISIBLE_PATIENT": "Document Non Visible par le patient",
    "INVISIBLE_REP_LEGAUX": "Non visible par les représentants Légaux du patient",
    "CONNEXION_SECRETE": "Connexion Secrete",
    "MODIF_CONF_CODE": "Modification Confidentiality Code",
    "DESTDMP": "Destinataire DMP",
    "DESTMSSANTEPS": "Destinataire (Professionnel de Santé, organisation ou BAL applicative)",
    "DESTMSSANTEPAT": "Destinataire Patient",
    "ACK_RECEPTION": "Accusé de réception",
    "ACK_LECTURE_MSS": "Accusé de lecture",
}
"""The ten that are Y or N, in the order in which the guide has them, with OBX-3.2 of each."""
RESTRICTIONS = ("MASQUE_PS", "INVISIBLE_PATIENT", "INVISIBLE_REP_LEGAUX")
DESTINATIONS = ("DESTDMP", "DESTMSSANTEPS", "DESTMSSANTEPAT")
ACKNOWLEDGEMENTS = ("ACK_RECEPTION", "ACK_LECTURE_MSS")
MAILS = ("CORPSMAIL_PS", "CORPSMAIL_PATIENT")
FORMER = frozenset(
    {"INVISIBLE_REPRESENTANTS_LEGAUX", "MODIF_CONFIDENTIALITYCODE", "ACK_LECTURE", "COMP_LOT"}
)
KNOWN = frozenset({*LABELS, *MAILS, *FORMER})
