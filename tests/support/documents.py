"""Small documents for tests: one whole header with invented people, changed at will."""

from cda_tools.model.header import Header
from cda_tools.reading.header import clinical_document, read_clinical_document
from cda_tools.reading.safexml import parse

AUTHOR = """
<author>
  <time value="20250304101500+0100"/>
  <assignedAuthor>
    <id root="1.2.250.1.71.4.2.1" extension="899700000017"/>
    <code code="G15_10/SM26" codeSystem="1.2.250.1.213.1.1.4.5" displayName="Médecin généraliste"/>
    <assignedPerson>
      <name><suffix>DR</suffix><family>BRUMAIRE</family><given>Léonie</given><prefix>MME</prefix></name>
    </assignedPerson>
    <representedOrganization>
      <id root="1.2.250.1.71.4.2.2" extension="1990000011"/>
      <name>Maison de santé des Tilleuls</name>
    </representedOrganization>
  </assignedAuthor>
</author>
"""

PARTS = {
    "realm": '<realmCode code="FR"/>'
    '<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>',
    "templates": '<templateId root="2.16.840.1.113883.2.8.2.1"/>'
    '<templateId root="1.2.250.1.213.1.1.1.1"/><templateId root="1.2.250.1.213.1.1.1.29"/>',
    "id": '<id root="1.2.250.1.999.1.1"/>',
    "code": '<code code="11490-0" codeSystem="2.16.840.1.113883.6.1" displayName="Lettre"/>',
    "title": "<title>Lettre de sortie</title>",
    "date": '<effectiveTime value="20250304101530+0100"/>',
    "confidentiality": '<confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"'
    ' displayName="Normal"/>',
    "language": '<languageCode code="fr-FR"/>',
    "set_id": '<setId root="1.2.250.1.999.1"/>',
    "version": '<versionNumber value="1"/>',
    "patient": """
<recordTarget><patientRole>
  <id root="1.2.250.1.213.1.4.10" extension="255069900000034"/>
  <patient>
    <name><given>FLORIANE</given><family qualifier="BR">QUENOUILLE</family></name>
    <administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/>
    <birthTime value="19550602"/>
  </patient>
</patientRole></recordTarget>""",
    "author": AUTHOR,
    "custodian": """
<custodian><assignedCustodian><representedCustodianOrganization>
  <id root="1.2.250.1.71.4.2.2" extension="1990000029"/><name>Hôpital des Tilleuls</name>
</representedCustodianOrganization></assignedCustodian></custodian>""",
    "signer": """
<legalAuthenticator>
  <time value="20250304101530+0100"/><signatureCode code="S"/>
  <assignedEntity><id root="1.2.250.1.71.4.2.1" extension="899700000017"/>
    <representedOrganization><name>Clinique des Tilleuls</name></representedOrganization>
  </assignedEntity>
</legalAuthenticator>""",
    "acts": """
<documentationOf><serviceEvent>
  <effectiveTime><low value="202503040900+0100"/><high value="202503041000+0100"/></effectiveTime>
</serviceEvent></documentationOf>""",
    "related": "",
    "encounter": """
<componentOf><encompassingEncounter>
  <code code="AMB" codeSystem="2.16.840.1.113883.5.4"/>
  <effectiveTime value="20250304"/>
  <location><healthCareFacility>
    <code code="SA07" codeSystem="1.2.250.1.71.4.2.4"/><location><name>Aile sud</name></location>
  </healthCareFacility></location>
</encompassingEncounter></componentOf>""",
    "body": "<component><structuredBody><component><section><title>Motif</title><text>Rien</text>"
    "</section></component></structuredBody></component>",
}


def document(**parts: str) -> bytes:
    """Return a ClinicalDocument whose named parts are replaced by other XML (or removed: "")."""
    unknown = parts.keys() - PARTS.keys()
    assert not unknown, unknown
    content = "\n".join(parts.get(name, xml) for name, xml in PARTS.items())
    return f'<ClinicalDocument xmlns="urn:hl7-org:v3">{content}</ClinicalDocument>'.encode()


def header(**parts: str) -> Header:
    """Return the header of such a document."""
    element = clinical_document(parse(document(**parts)))
    assert element is not None
    return read_clinical_document(element)
