<?xml version='1.0' encoding='UTF-8'?>
<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:h="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc" xmlns:lab="urn:oid:1.3.6.1.4.1.19376.1.3.2" xmlns:dcm="urn:dicom-org:ps3-20" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:str="http://exslt.org/strings" xmlns:f="urn:cda-tools:functions" version="1.0" exclude-result-prefixes="h sdtc lab dcm xsi str f">
  <xsl:output method="xml" encoding="UTF-8"/>
  <xsl:param name="profile" select="'1.16'"/>
  <xsl:template match="/">
    <failures>
      <xsl:for-each select="*">
        <xsl:if test="not(descendant-or-self::h:ClinicalDocument[h:typeId[@root='2.16.840.1.113883.1.3'][@extension='POCD_HD000040']])">
          <f id="SM-GEN-02" role="warning" about="typeId" at="{f:place(.)}"/>
        </xsl:if>
      </xsl:for-each>
      <xsl:for-each select="h:ClinicalDocument[h:typeId[@root='2.16.840.1.113883.1.3'][@extension='POCD_HD000040']]">
        <xsl:if test="not((not(@classCode) or @classCode='DOCCLIN') and (not(@moodCode) or @moodCode='EVN') and (not(@extravalidationterminologies) or @extravalidationterminologies[(contains(' M MME DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('M MME DR MC MG PC PG PR', string(.))]) and (count(h:documentationOf[1]/h:serviceEvent/h:performer) = 1) and (count(h:documentationOf[1]/h:serviceEvent/h:effectiveTime) = 1) and (h:component/h:structuredBody or (h:component/h:nonXMLBody and count(h:templateId) = 3 and h:templateId/@root='2.16.840.1.113883.2.8.2.1' and h:templateId/@root='1.2.250.1.213.1.1.1.1' and h:templateId/@root='1.3.6.1.4.1.19376.1.2.20')) and (not(h:component/h:nonXMLBody) or h:templateId/@root='1.3.6.1.4.1.19376.1.2.20') and ((not(h:recordTarget/h:patientRole/h:id[@root='1.2.250.1.213.1.4.8' or @root='1.2.250.1.213.1.4.9' or @root='1.2.250.1.213.1.4.10' or @root='1.2.250.1.213.1.4.11']) and h:recordTarget/h:patientRole/h:id/@extension) or (h:recordTarget/h:patientRole/h:patient/h:name/h:family/@qualifier='BR' and h:recordTarget/h:patientRole/h:patient/h:name/h:given/@qualifier='BR' and h:recordTarget/h:patientRole/h:patient/h:name/h:given[not(@qualifier)] and h:recordTarget/h:patientRole/h:patient/h:birthTime and h:recordTarget/h:patientRole/h:patient/h:birthplace/h:place/h:addr/h:county and h:recordTarget/h:patientRole/h:patient/h:administrativeGenderCode/@code)) and (count(h:realmCode[@code='FR']) = 1) and (count(h:typeId[@root='2.16.840.1.113883.1.3' and @extension='POCD_HD000040']) = 1) and (count(h:templateId[@root='2.16.840.1.113883.2.8.2.1']) = 1) and (count(h:templateId[@root='1.2.250.1.213.1.1.1.1']) = 1) and (h:templateId[not(@root='1.2.250.1.213.1.1.1.1') and not(@root='2.16.840.1.113883.2.8.2.1')]) and (count(h:id[not(@nullFlavor)]) = 1) and (count(h:code[not(@nullFlavor)]) = 1) and (count(h:title[not(@nullFlavor)]) = 1) and (count(h:effectiveTime[not(@nullFlavor)]) = 1) and (count(h:confidentialityCode[not(@nullFlavor)]) = 1) and (count(h:languageCode[not(@nullFlavor)]) = 1) and (count(h:setId[not(@nullFlavor)]) = 1 or ($profile='pre-1.16' and not(h:setId[not(@nullFlavor)]))) and (count(h:versionNumber[not(@nullFlavor)]) = 1 or ($profile='pre-1.16' and not(h:versionNumber[not(@nullFlavor)]))) and (count(h:recordTarget[not(@nullFlavor)]) = 1) and (h:author[not(@nullFlavor) and h:assignedAuthor]) and (not(h:dataEnterer[2])) and (count(h:custodian[not(@nullFlavor) and h:assignedCustodian]) = 1) and (count(h:legalAuthenticator[h:signatureCode/@code='S']) = 1) and (h:documentationOf[not(@nullFlavor) and h:serviceEvent]) and (not(h:relatedDocument[@typeCode='RPLC' and h:parentDocument][2])) and (count(h:componentOf[not(@nullFlavor) and h:encompassingEncounter]) = 1) and (count(h:component) = 1))">
          <xsl:if test="not(not(@classCode) or @classCode='DOCCLIN')">
            <f id="SM-DOC-01" role="error" about="@classCode" at="{f:place(.)}" name="{local-name()}" found="{f:show(@classCode)}"/>
          </xsl:if>
          <xsl:if test="not(not(@moodCode) or @moodCode='EVN')">
            <f id="SM-DOC-02" role="error" about="@moodCode" at="{f:place(.)}" name="{local-name()}" found="{f:show(@moodCode)}"/>
          </xsl:if>
          <xsl:if test="not(not(@extravalidationterminologies) or @extravalidationterminologies[(contains(' M MME DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('M MME DR MC MG PC PG PR', string(.))])">
            <f id="SM-DOC-03" role="error" about="@extravalidationterminologies" set="J245 J246" at="{f:place(.)}" name="{local-name()}" found="{f:show(@extravalidationterminologies)}"/>
          </xsl:if>
          <xsl:if test="not(count(h:documentationOf[1]/h:serviceEvent/h:performer) = 1)">
            <f id="SM-DOC-04" role="error" about="performer" unless="SM-ACT-01 SM-ACT-06" at="{f:place(.)}" on="{f:place(h:documentationOf[1])}" name="{local-name()}" found="{count(h:documentationOf[1]/h:serviceEvent/h:performer)}"/>
          </xsl:if>
          <xsl:if test="not(count(h:documentationOf[1]/h:serviceEvent/h:effectiveTime) = 1)">
            <f id="SM-DOC-05" role="error" about="documentationOf/effectiveTime" unless="SM-ACT-01 SM-ACT-06" at="{f:place(.)}" on="{f:place(h:documentationOf[1])}" name="{local-name()}" found="{count(h:documentationOf[1]/h:serviceEvent/h:effectiveTime)}"/>
          </xsl:if>
          <xsl:if test="not(h:component/h:structuredBody or (h:component/h:nonXMLBody and count(h:templateId) = 3 and h:templateId/@root='2.16.840.1.113883.2.8.2.1' and h:templateId/@root='1.2.250.1.213.1.1.1.1' and h:templateId/@root='1.3.6.1.4.1.19376.1.2.20'))">
            <f id="SM-DOC-06" role="error" about="body" unless="SM-TEMPLATE-01 SM-TEMPLATE-03 SM-TEMPLATE-05 SM-BODY-01" at="{f:place(.)}" name="{local-name()}" found="{count(h:component/h:structuredBody)}" found_2="{count(h:component/h:nonXMLBody)}" found_3="{count(h:templateId)}"/>
          </xsl:if>
          <xsl:if test="not(not(h:component/h:nonXMLBody) or h:templateId/@root='1.3.6.1.4.1.19376.1.2.20')">
            <f id="SM-DOC-07" role="error" about="body" unless="SM-DOC-06" at="{f:place(.)}" name="{local-name()}"/>
          </xsl:if>
          <xsl:if test="not((not(h:recordTarget/h:patientRole/h:id[@root='1.2.250.1.213.1.4.8' or @root='1.2.250.1.213.1.4.9' or @root='1.2.250.1.213.1.4.10' or @root='1.2.250.1.213.1.4.11']) and h:recordTarget/h:patientRole/h:id/@extension) or (h:recordTarget/h:patientRole/h:patient/h:name/h:family/@qualifier='BR' and h:recordTarget/h:patientRole/h:patient/h:name/h:given/@qualifier='BR' and h:recordTarget/h:patientRole/h:patient/h:name/h:given[not(@qualifier)] and h:recordTarget/h:patientRole/h:patient/h:birthTime and h:recordTarget/h:patientRole/h:patient/h:birthplace/h:place/h:addr/h:county and h:recordTarget/h:patientRole/h:patient/h:administrativeGenderCode/@code))">
            <f id="SM-DOC-08" role="error" about="INS" unless="SM-PATIENT-01 SM-PATIENT-02 SM-PATIENT-03" at="{f:place(.)}" on="{f:place(h:recordTarget[1])}" name="{local-name()}" found="{f:missing-traits(h:recordTarget)}"/>
          </xsl:if>
          <xsl:if test="not(count(h:realmCode[@code='FR']) = 1)">
            <f id="SM-REALM-01" role="error" about="realmCode" at="{f:place(.)}" on="{f:place((. | h:realmCode[@code='FR'][position() &gt; 1] | self::*[not(h:realmCode[@code='FR'])]/h:realmCode)[last()])}" name="{local-name()}" found="{count(h:realmCode[@code='FR'])}"/>
          </xsl:if>
          <xsl:if test="not(count(h:typeId[@root='2.16.840.1.113883.1.3' and @extension='POCD_HD000040']) = 1)">
            <f id="SM-TYPEID-01" role="error" about="typeId" at="{f:place(.)}" on="{f:place((. | h:typeId[@root='2.16.840.1.113883.1.3' and @extension='POCD_HD000040'][position() &gt; 1] | self::*[not(h:typeId[@root='2.16.840.1.113883.1.3' and @extension='POCD_HD000040'])]/h:typeId)[last()])}" name="{local-name()}" found="{count(h:typeId[@root='2.16.840.1.113883.1.3' and @extension='POCD_HD000040'])}"/>
          </xsl:if>
          <xsl:if test="not(count(h:templateId[@root='2.16.840.1.113883.2.8.2.1']) = 1)">
            <f id="SM-TEMPLATE-01" role="error" about="templateId" at="{f:place(.)}" on="{f:place((. | h:templateId[@root='2.16.840.1.113883.2.8.2.1'][position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:templateId[@root='2.16.840.1.113883.2.8.2.1'])}"/>
          </xsl:if>
          <xsl:if test="not(count(h:templateId[@root='1.2.250.1.213.1.1.1.1']) = 1)">
            <f id="SM-TEMPLATE-03" role="error" about="templateId" at="{f:place(.)}" on="{f:place((. | h:templateId[@root='1.2.250.1.213.1.1.1.1'][position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:templateId[@root='1.2.250.1.213.1.1.1.1'])}"/>
          </xsl:if>
          <xsl:if test="not(h:templateId[not(@root='1.2.250.1.213.1.1.1.1') and not(@root='2.16.840.1.113883.2.8.2.1')])">
            <f id="SM-TEMPLATE-05" role="error" about="templateId" at="{f:place(.)}" name="{local-name()}" found="{count(h:templateId[not(@root='1.2.250.1.213.1.1.1.1') and not(@root='2.16.840.1.113883.2.8.2.1')])}"/>
          </xsl:if>
          <xsl:if test="not(count(h:id[not(@nullFlavor)]) = 1)">
            <f id="SM-ID-01" role="error" about="id" at="{f:place(.)}" on="{f:place((. | h:id[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:id[not(@nullFlavor)])]/h:id)[last()])}" name="{local-name()}" found="{count(h:id[not(@nullFlavor)])}"/>
          </xsl:if>
          <xsl:if test="not(count(h:code[not(@nullFlavor)]) = 1)">
            <f id="SM-CODE-01" role="error" about="code" at="{f:place(.)}" on="{f:place((. | h:code[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:code[not(@nullFlavor)])]/h:code)[last()])}" name="{local-name()}" found="{count(h:code[not(@nullFlavor)])}"/>
          </xsl:if>
          <xsl:if test="not(count(h:title[not(@nullFlavor)]) = 1)">
            <f id="SM-TITLE-01" role="error" about="title" at="{f:place(.)}" on="{f:place((. | h:title[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:title[not(@nullFlavor)])]/h:title)[last()])}" name="{local-name()}" found="{count(h:title[not(@nullFlavor)])}"/>
          </xsl:if>
          <xsl:if test="not(count(h:effectiveTime[not(@nullFlavor)]) = 1)">
            <f id="SM-DATE-01" role="error" about="effectiveTime" at="{f:place(.)}" on="{f:place((. | h:effectiveTime[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:effectiveTime[not(@nullFlavor)])]/h:effectiveTime)[last()])}" name="{local-name()}" found="{count(h:effectiveTime[not(@nullFlavor)])}"/>
          </xsl:if>
          <xsl:if test="not(count(h:confidentialityCode[not(@nullFlavor)]) = 1)">
            <f id="SM-CONF-01" role="error" about="confidentialityCode" at="{f:place(.)}" on="{f:place((. | h:confidentialityCode[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:confidentialityCode[not(@nullFlavor)])]/h:confidentialityCode)[last()])}" name="{local-name()}" found="{count(h:confidentialityCode[not(@nullFlavor)])}"/>
          </xsl:if>
          <xsl:if test="not(count(h:languageCode[not(@nullFlavor)]) = 1)">
            <f id="SM-LANG-01" role="error" about="languageCode" at="{f:place(.)}" on="{f:place((. | h:languageCode[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:languageCode[not(@nullFlavor)])]/h:languageCode)[last()])}" name="{local-name()}" found="{count(h:languageCode[not(@nullFlavor)])}"/>
          </xsl:if>
          <xsl:if test="not(count(h:setId[not(@nullFlavor)]) = 1 or ($profile='pre-1.16' and not(h:setId[not(@nullFlavor)])))">
            <f id="SM-SETID-01" role="error" about="setId" at="{f:place(.)}" on="{f:place((. | h:setId[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:setId[not(@nullFlavor)])]/h:setId)[last()])}" name="{local-name()}" found="{count(h:setId[not(@nullFlavor)])}"/>
          </xsl:if>
          <xsl:if test="not(count(h:versionNumber[not(@nullFlavor)]) = 1 or ($profile='pre-1.16' and not(h:versionNumber[not(@nullFlavor)])))">
            <f id="SM-VERSION-01" role="error" about="versionNumber" at="{f:place(.)}" on="{f:place((. | h:versionNumber[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:versionNumber[not(@nullFlavor)])]/h:versionNumber)[last()])}" name="{local-name()}" found="{count(h:versionNumber[not(@nullFlavor)])}"/>
          </xsl:if>
          <xsl:if test="not(count(h:recordTarget[not(@nullFlavor)]) = 1)">
            <f id="SM-PATIENT-01" role="error" about="recordTarget" at="{f:place(.)}" on="{f:place((. | h:recordTarget[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:recordTarget[not(@nullFlavor)])]/h:recordTarget)[last()])}" name="{local-name()}" found="{count(h:recordTarget[not(@nullFlavor)])}"/>
          </xsl:if>
          <xsl:if test="not(h:author[not(@nullFlavor) and h:assignedAuthor])">
            <f id="SM-AUTHOR-01" role="error" about="author" at="{f:place(.)}" on="{f:place((. | self::*[not(h:author[not(@nullFlavor) and h:assignedAuthor])]/h:author)[last()])}" name="{local-name()}" found="{count(h:author[not(@nullFlavor) and h:assignedAuthor])}"/>
          </xsl:if>
          <xsl:if test="not(not(h:dataEnterer[2]))">
            <f id="SM-DATAENT-01" role="error" about="dataEnterer" at="{f:place(.)}" on="{f:place((. | h:dataEnterer[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:dataEnterer)}"/>
          </xsl:if>
          <xsl:if test="not(count(h:custodian[not(@nullFlavor) and h:assignedCustodian]) = 1)">
            <f id="SM-CUSTODIAN-01" role="error" about="custodian" at="{f:place(.)}" on="{f:place((. | h:custodian[not(@nullFlavor) and h:assignedCustodian][position() &gt; 1] | self::*[not(h:custodian[not(@nullFlavor) and h:assignedCustodian])]/h:custodian)[last()])}" name="{local-name()}" found="{count(h:custodian[not(@nullFlavor) and h:assignedCustodian])}"/>
          </xsl:if>
          <xsl:if test="not(count(h:legalAuthenticator[h:signatureCode/@code='S']) = 1)">
            <f id="SM-LEGALAUTH-01" role="error" about="legalAuthenticator" at="{f:place(.)}" on="{f:place((. | h:legalAuthenticator[h:signatureCode/@code='S'][position() &gt; 1] | self::*[not(h:legalAuthenticator[h:signatureCode/@code='S'])]/h:legalAuthenticator)[last()])}" name="{local-name()}" found="{count(h:legalAuthenticator[h:signatureCode/@code='S'])}"/>
          </xsl:if>
          <xsl:if test="not(h:documentationOf[not(@nullFlavor) and h:serviceEvent])">
            <f id="SM-ACT-01" role="error" about="documentationOf" at="{f:place(.)}" on="{f:place((. | self::*[not(h:documentationOf[not(@nullFlavor) and h:serviceEvent])]/h:documentationOf)[last()])}" name="{local-name()}" found="{count(h:documentationOf[not(@nullFlavor) and h:serviceEvent])}"/>
          </xsl:if>
          <xsl:if test="not(not(h:relatedDocument[@typeCode='RPLC' and h:parentDocument][2]))">
            <f id="SM-RELDOC-01" role="error" about="relatedDocument" at="{f:place(.)}" on="{f:place((. | h:relatedDocument[@typeCode='RPLC' and h:parentDocument][position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:relatedDocument[@typeCode='RPLC' and h:parentDocument])}"/>
          </xsl:if>
          <xsl:if test="not(count(h:componentOf[not(@nullFlavor) and h:encompassingEncounter]) = 1)">
            <f id="SM-ENCOUNTER-01" role="error" about="componentOf" at="{f:place(.)}" on="{f:place((. | h:componentOf[not(@nullFlavor) and h:encompassingEncounter][position() &gt; 1] | self::*[not(h:componentOf[not(@nullFlavor) and h:encompassingEncounter])]/h:componentOf)[last()])}" name="{local-name()}" found="{count(h:componentOf[not(@nullFlavor) and h:encompassingEncounter])}"/>
          </xsl:if>
          <xsl:if test="not(count(h:component) = 1)">
            <f id="SM-BODY-01" role="error" about="component" at="{f:place(.)}" on="{f:place((. | h:component[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:component)}"/>
          </xsl:if>
        </xsl:if>
        <xsl:apply-templates select="*" mode="ClinicalDocument-1"/>
      </xsl:for-each>
    </failures>
  </xsl:template>
  <xsl:template match="h:realmCode" mode="ClinicalDocument-1">
    <xsl:if test="@code='FR'">
      <xsl:call-template name="typed-CS"/>
    </xsl:if>
    <xsl:if test="not((@code='FR'))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:typeId" mode="ClinicalDocument-1">
    <xsl:if test="@root='2.16.840.1.113883.1.3' and @extension='POCD_HD000040'">
      <xsl:call-template name="typed-II"/>
    </xsl:if>
    <xsl:if test="not((@root='2.16.840.1.113883.1.3' and @extension='POCD_HD000040'))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:templateId" mode="ClinicalDocument-1">
    <xsl:if test="@root='2.16.840.1.113883.2.8.2.1'">
      <xsl:call-template name="typed-II"/>
    </xsl:if>
    <xsl:if test="@root='1.2.250.1.213.1.1.1.1'">
      <xsl:call-template name="typed-II"/>
    </xsl:if>
    <xsl:if test="not(@root='1.2.250.1.213.1.1.1.1') and not(@root='2.16.840.1.113883.2.8.2.1')">
      <xsl:if test="not(@root)">
        <f id="SM-TEMPLATE-06" role="error" about="@root" at="{f:place(.)}" name="{local-name()}" found="{f:show(@root)}"/>
      </xsl:if>
      <xsl:call-template name="typed-II.uid"/>
    </xsl:if>
    <xsl:if test="not((@root='2.16.840.1.113883.2.8.2.1') or (@root='1.2.250.1.213.1.1.1.1') or (not(@root='1.2.250.1.213.1.1.1.1') and not(@root='2.16.840.1.113883.2.8.2.1')))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:id" mode="ClinicalDocument-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:call-template name="typed-II.root"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:code" mode="ClinicalDocument-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:if test="not((not(@codeSystemName) or (@codeSystemName!='')) and (not(@code) or @code[f:members('2025-02', 'J07', string(.))]))">
        <xsl:if test="not(not(@codeSystemName) or (@codeSystemName!=''))">
          <f id="SM-CODE-02" role="error" about="@codeSystemName" at="{f:place(.)}" name="{local-name()}" found="{f:show(@codeSystemName)}"/>
        </xsl:if>
        <xsl:if test="not(not(@code) or @code[f:members('2025-02', 'J07', string(.))])">
          <f id="SM-CODE-03" role="error" about="@code" set="J07" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
        </xsl:if>
      </xsl:if>
      <xsl:call-template name="typed-CE.full"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:title" mode="ClinicalDocument-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:call-template name="typed-ST"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:effectiveTime" mode="ClinicalDocument-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:call-template name="typed-TS.req"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:confidentialityCode" mode="ClinicalDocument-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:if test="not(not(@code) or @code[(contains(' L M N R U V ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('L M N R U V', string(.))])">
        <f id="SM-CONF-02" role="error" about="@code" set="confidentiality-hl7" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
      </xsl:if>
      <xsl:call-template name="typed-CE.full"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:languageCode" mode="ClinicalDocument-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:if test="not((@code and @code!='' and translate(@code, ' &#9;&#10;&#13;', '')=@code) and (not(@code) or f:language-country(string(@code))))">
        <xsl:if test="not(@code and @code!='' and translate(@code, ' &#9;&#10;&#13;', '')=@code)">
          <f id="SM-LANG-02" role="error" about="@code" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
        </xsl:if>
        <xsl:if test="not(not(@code) or f:language-country(string(@code)))">
          <f id="SM-LANG-03" role="error" about="@code" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
        </xsl:if>
      </xsl:if>
      <xsl:call-template name="typed-CS"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:setId" mode="ClinicalDocument-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:call-template name="typed-II.root"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:versionNumber" mode="ClinicalDocument-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:if test="not((@value) and (not(@value) or f:integer(string(@value))))">
        <xsl:if test="not(@value)">
          <f id="SM-VERSION-02" role="error" about="@value" at="{f:place(.)}" name="{local-name()}" found="{f:show(@value)}"/>
        </xsl:if>
        <xsl:if test="not(not(@value) or f:integer(string(@value)))">
          <f id="SM-VERSION-03" role="error" about="@value" at="{f:place(.)}" name="{local-name()}" found="{f:show(@value)}"/>
        </xsl:if>
      </xsl:if>
      <xsl:call-template name="typed-INT"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:recordTarget" mode="ClinicalDocument-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:if test="not(count(h:patientRole[h:patient]) = 1)">
        <f id="SM-PATIENT-02" role="error" about="patientRole" at="{f:place(.)}" on="{f:place((. | h:patientRole[h:patient][position() &gt; 1] | self::*[not(h:patientRole[h:patient])]/h:patientRole)[last()])}" name="{local-name()}" found="{count(h:patientRole[h:patient])}"/>
      </xsl:if>
      <xsl:apply-templates select="*" mode="recordTarget-1"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:patientRole" mode="recordTarget-1">
    <xsl:if test="h:patient">
      <xsl:if test="not((h:id[not(@nullFlavor)]) and (count(h:patient[not(@nullFlavor)]) = 1))">
        <xsl:if test="not(h:id[not(@nullFlavor)])">
          <f id="SM-PATIENT-03" role="error" about="id" at="{f:place(.)}" on="{f:place((. | self::*[not(h:id[not(@nullFlavor)])]/h:id)[last()])}" name="{local-name()}" found="{count(h:id[not(@nullFlavor)])}"/>
        </xsl:if>
        <xsl:if test="not(count(h:patient[not(@nullFlavor)]) = 1)">
          <f id="SM-PATIENT-07" role="error" about="patient" at="{f:place(.)}" on="{f:place((. | h:patient[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:patient[not(@nullFlavor)])]/h:patient)[last()])}" name="{local-name()}" found="{count(h:patient[not(@nullFlavor)])}"/>
        </xsl:if>
      </xsl:if>
      <xsl:call-template name="typed-ANY"/>
      <xsl:apply-templates select="*" mode="patientRole-1"/>
    </xsl:if>
    <xsl:if test="not((h:patient))">
      <xsl:call-template name="recordTarget-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:id" mode="patientRole-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:call-template name="typed-II.full"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="patientRole-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:telecom" mode="patientRole-1">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:patient" mode="patientRole-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:if test="not((count(h:name[not(@nullFlavor)]) = 1) and (count(h:administrativeGenderCode) = 1) and (count(h:birthTime) = 1) and (not(sdtc:deceasedInd[2])) and (not(sdtc:deceasedTime[2])) and (not(sdtc:multipleBirthInd[2])) and (not(sdtc:multipleBirthOrderNumber[2])) and (not(h:birthplace[h:place][2])))">
        <xsl:if test="not(count(h:name[not(@nullFlavor)]) = 1)">
          <f id="SM-PATIENT-08" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:name[not(@nullFlavor)])]/h:name)[last()])}" name="{local-name()}" found="{count(h:name[not(@nullFlavor)])}"/>
        </xsl:if>
        <xsl:if test="not(count(h:administrativeGenderCode) = 1)">
          <f id="SM-PATIENT-18" role="error" about="administrativeGenderCode" at="{f:place(.)}" on="{f:place((. | h:administrativeGenderCode[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:administrativeGenderCode)}"/>
        </xsl:if>
        <xsl:if test="not(count(h:birthTime) = 1)">
          <f id="SM-PATIENT-21" role="error" about="birthTime" at="{f:place(.)}" on="{f:place((. | h:birthTime[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:birthTime)}"/>
        </xsl:if>
        <xsl:if test="not(not(sdtc:deceasedInd[2]))">
          <f id="SM-PATIENT-22" role="error" about="deceasedInd" at="{f:place(.)}" on="{f:place((. | sdtc:deceasedInd[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(sdtc:deceasedInd)}"/>
        </xsl:if>
        <xsl:if test="not(not(sdtc:deceasedTime[2]))">
          <f id="SM-PATIENT-23" role="error" about="deceasedTime" at="{f:place(.)}" on="{f:place((. | sdtc:deceasedTime[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(sdtc:deceasedTime)}"/>
        </xsl:if>
        <xsl:if test="not(not(sdtc:multipleBirthInd[2]))">
          <f id="SM-PATIENT-24" role="error" about="multipleBirthInd" at="{f:place(.)}" on="{f:place((. | sdtc:multipleBirthInd[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(sdtc:multipleBirthInd)}"/>
        </xsl:if>
        <xsl:if test="not(not(sdtc:multipleBirthOrderNumber[2]))">
          <f id="SM-PATIENT-25" role="error" about="multipleBirthOrderNumber" at="{f:place(.)}" on="{f:place((. | sdtc:multipleBirthOrderNumber[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(sdtc:multipleBirthOrderNumber)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:birthplace[h:place][2]))">
          <f id="SM-PATIENT-48" role="error" about="birthplace" at="{f:place(.)}" on="{f:place((. | h:birthplace[h:place][position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:birthplace[h:place])}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="patient-1"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="patientRole-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:name" mode="patient-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:if test="not((not(h:given[@qualifier][not(@qualifier='BR' or @qualifier='CL')])) and (not(h:family[@qualifier][not(@qualifier='BR' or @qualifier='CL')])) and (h:given[not(@nullFlavor)]) and (h:family[not(@nullFlavor)]) and (not(h:prefix[2])) and (not(h:suffix[2])))">
        <xsl:if test="not(not(h:given[@qualifier][not(@qualifier='BR' or @qualifier='CL')]))">
          <f id="SM-PATIENT-09" role="error" about="given/@qualifier" at="{f:place(.)}" on="{f:place(h:given[@qualifier][not(@qualifier='BR' or @qualifier='CL')][1])}" name="{local-name()}"/>
        </xsl:if>
        <xsl:if test="not(not(h:family[@qualifier][not(@qualifier='BR' or @qualifier='CL')]))">
          <f id="SM-PATIENT-10" role="error" about="family/@qualifier" at="{f:place(.)}" on="{f:place(h:family[@qualifier][not(@qualifier='BR' or @qualifier='CL')][1])}" name="{local-name()}"/>
        </xsl:if>
        <xsl:if test="not(h:given[not(@nullFlavor)])">
          <f id="SM-PATIENT-11" role="error" about="given" at="{f:place(.)}" on="{f:place((. | self::*[not(h:given[not(@nullFlavor)])]/h:given)[last()])}" name="{local-name()}" found="{count(h:given[not(@nullFlavor)])}"/>
        </xsl:if>
        <xsl:if test="not(h:family[not(@nullFlavor)])">
          <f id="SM-PATIENT-13" role="error" about="family" at="{f:place(.)}" on="{f:place((. | self::*[not(h:family[not(@nullFlavor)])]/h:family)[last()])}" name="{local-name()}" found="{count(h:family[not(@nullFlavor)])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:prefix[2]))">
          <f id="SM-PATIENT-15" role="error" about="prefix" at="{f:place(.)}" on="{f:place((. | h:prefix[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:prefix)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:suffix[2]))">
          <f id="SM-PATIENT-16" role="error" about="suffix" at="{f:place(.)}" on="{f:place((. | h:suffix[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:suffix)}"/>
        </xsl:if>
      </xsl:if>
      <xsl:call-template name="typed-PN"/>
      <xsl:apply-templates select="*" mode="name-1"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="patient-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:given" mode="name-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:if test="not(not(@qualifier) or (@qualifier!='' and translate(@qualifier, ' &#9;&#10;&#13;', '')=@qualifier))">
        <f id="SM-PATIENT-12" role="error" about="@qualifier" at="{f:place(.)}" name="{local-name()}" found="{f:show(@qualifier)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="name-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:family" mode="name-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:if test="not(@qualifier and @qualifier!='' and translate(@qualifier, ' &#9;&#10;&#13;', '')=@qualifier)">
        <f id="SM-PATIENT-14" role="error" about="@qualifier" at="{f:place(.)}" name="{local-name()}" found="{f:show(@qualifier)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="name-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:prefix | h:suffix" mode="name-1"/>
  <xsl:template match="*" mode="name-1" name="name-1">
    <xsl:if test="not(self::h:given and (not(@nullFlavor) or f:lacks(.., &quot;h:given[not(@nullFlavor)]&quot;)) or self::h:family and (not(@nullFlavor) or f:lacks(.., &quot;h:family[not(@nullFlavor)]&quot;)) or self::h:prefix or self::h:suffix) and not(@xsi:nil='true')">
      <f id="SM-PATIENT-17" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:administrativeGenderCode" mode="patient-1">
    <xsl:if test="not((@code) and (not(@code) or @code[(contains(' F M UN ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('F M UN', string(.))]))">
      <xsl:if test="not(@code)">
        <f id="SM-PATIENT-19" role="error" about="@code" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
      </xsl:if>
      <xsl:if test="not(not(@code) or @code[(contains(' F M UN ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('F M UN', string(.))])">
        <f id="SM-PATIENT-20" role="error" about="@code" set="J143" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="typed-CE"/>
  </xsl:template>
  <xsl:template match="h:birthTime" mode="patient-1">
    <xsl:call-template name="typed-TS.req"/>
  </xsl:template>
  <xsl:template match="sdtc:deceasedInd" mode="patient-1">
    <xsl:call-template name="typed-BL"/>
  </xsl:template>
  <xsl:template match="sdtc:deceasedTime" mode="patient-1">
    <xsl:call-template name="typed-TS.date"/>
  </xsl:template>
  <xsl:template match="sdtc:multipleBirthInd" mode="patient-1">
    <xsl:call-template name="typed-BL"/>
  </xsl:template>
  <xsl:template match="sdtc:multipleBirthOrderNumber" mode="patient-1">
    <xsl:if test="not(not(@value) or f:integer(string(@value)))">
      <f id="SM-PATIENT-26" role="error" about="@value" at="{f:place(.)}" name="{local-name()}" found="{f:show(@value)}"/>
    </xsl:if>
    <xsl:call-template name="typed-INT.POS"/>
  </xsl:template>
  <xsl:template match="h:guardian" mode="patient-1">
    <xsl:if test="not((h:guardianPerson or h:guardianOrganization) and (count(h:guardianPerson | h:guardianOrganization) &lt;= 1) and (not(h:guardianPerson[2])) and (not(h:guardianOrganization[2])))">
      <xsl:if test="not(h:guardianPerson or h:guardianOrganization)">
        <f id="SM-PATIENT-28" role="error" about="choice" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(count(h:guardianPerson | h:guardianOrganization) &lt;= 1)">
        <f id="SM-PATIENT-29" role="error" about="choice" unless="SM-PATIENT-34 SM-PATIENT-43" at="{f:place(.)}" name="{local-name()}" found="{count(h:guardianPerson | h:guardianOrganization)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:guardianPerson[2]))">
        <f id="SM-PATIENT-34" role="error" about="guardianPerson" at="{f:place(.)}" on="{f:place((. | h:guardianPerson[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:guardianPerson)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:guardianOrganization[2]))">
        <f id="SM-PATIENT-43" role="error" about="guardianOrganization" at="{f:place(.)}" on="{f:place((. | h:guardianOrganization[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:guardianOrganization)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="typed-ANY"/>
    <xsl:apply-templates select="*" mode="guardian-1"/>
  </xsl:template>
  <xsl:template match="h:id" mode="guardian-1">
    <xsl:call-template name="typed-II.fmt"/>
  </xsl:template>
  <xsl:template match="h:telecom" mode="guardian-1">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:guardianPerson" mode="guardian-1">
    <xsl:if test="not(count(h:name[h:family]) = 1)">
      <f id="SM-PATIENT-35" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[h:family][position() &gt; 1] | self::*[not(h:name[h:family])]/h:name)[last()])}" name="{local-name()}" found="{count(h:name[h:family])}"/>
    </xsl:if>
    <xsl:apply-templates select="*" mode="guardianPerson-1"/>
  </xsl:template>
  <xsl:template match="h:name" mode="guardianPerson-1">
    <xsl:if test="h:family">
      <xsl:if test="not((count(h:family) &gt;= 1 and count(h:family) &lt;= 3) and (not(h:prefix[2])))">
        <xsl:if test="not(count(h:family) &gt;= 1 and count(h:family) &lt;= 3)">
          <f id="SM-PATIENT-36" role="error" about="family" at="{f:place(.)}" on="{f:place((. | h:family[position() &gt; 3])[last()])}" name="{local-name()}" found="{count(h:family)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:prefix[2]))">
          <f id="SM-PATIENT-40" role="error" about="prefix" at="{f:place(.)}" on="{f:place((. | h:prefix[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:prefix)}"/>
        </xsl:if>
      </xsl:if>
      <xsl:call-template name="typed-PN"/>
      <xsl:apply-templates select="*" mode="name-2"/>
    </xsl:if>
    <xsl:if test="not((h:family))">
      <xsl:call-template name="guardianPerson-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:family" mode="name-2">
    <xsl:if test="not(not(@qualifier) or (@qualifier!='' and translate(@qualifier, ' &#9;&#10;&#13;', '')=@qualifier))">
      <f id="SM-PATIENT-37" role="error" about="@qualifier" at="{f:place(.)}" name="{local-name()}" found="{f:show(@qualifier)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:given | h:prefix" mode="name-2"/>
  <xsl:template match="*" mode="name-2" name="name-2">
    <xsl:if test="not(self::h:family or self::h:given or self::h:prefix) and not(@xsi:nil='true')">
      <f id="SM-PATIENT-41" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="guardianPerson-1" name="guardianPerson-1">
    <xsl:if test="not(self::h:name and (h:family or f:lacks(.., &quot;h:name[h:family]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-PATIENT-42" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:guardianOrganization" mode="guardian-1">
    <xsl:if test="not((not(h:id[@root='1.2.250.1.71.4.2.2'][2])) and (not(h:name[2])))">
      <xsl:if test="not(not(h:id[@root='1.2.250.1.71.4.2.2'][2]))">
        <f id="SM-PATIENT-44" role="error" about="id" at="{f:place(.)}" on="{f:place((. | h:id[@root='1.2.250.1.71.4.2.2'][position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:id[@root='1.2.250.1.71.4.2.2'])}"/>
      </xsl:if>
      <xsl:if test="not(not(h:name[2]))">
        <f id="SM-PATIENT-45" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:name)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:apply-templates select="*" mode="guardianOrganization-1"/>
  </xsl:template>
  <xsl:template match="h:id" mode="guardianOrganization-1">
    <xsl:if test="@root='1.2.250.1.71.4.2.2'">
      <xsl:call-template name="typed-II.org"/>
    </xsl:if>
    <xsl:if test="not((@root='1.2.250.1.71.4.2.2'))">
      <xsl:call-template name="guardianOrganization-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:name" mode="guardianOrganization-1">
    <xsl:call-template name="typed-ON"/>
  </xsl:template>
  <xsl:template match="*" mode="guardianOrganization-1" name="guardianOrganization-1">
    <xsl:if test="not(self::h:id and (@root='1.2.250.1.71.4.2.2') or self::h:name) and not(@xsi:nil='true')">
      <f id="SM-PATIENT-46" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:addr" mode="guardian-1">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="guardian-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="guardian-1" name="guardian-1">
    <xsl:if test="not(self::h:id or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:telecom or self::h:guardianPerson or self::h:guardianOrganization) and not(@xsi:nil='true')">
      <f id="SM-PATIENT-47" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:birthplace" mode="patient-1">
    <xsl:if test="h:place">
      <xsl:if test="not(count(h:place) = 1)">
        <f id="SM-PATIENT-49" role="error" about="place" at="{f:place(.)}" on="{f:place((. | h:place[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:place)}"/>
      </xsl:if>
      <xsl:apply-templates select="*" mode="birthplace-1"/>
    </xsl:if>
    <xsl:if test="not((h:place))">
      <xsl:call-template name="patient-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:place" mode="birthplace-1">
    <xsl:if test="not((count(h:addr) &lt;= 1) and (not(h:name[2])))">
      <xsl:if test="not(count(h:addr) &lt;= 1)">
        <f id="SM-PATIENT-50" role="error" about="addr" at="{f:place(.)}" name="{local-name()}" found="{count(h:addr)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:name[2]))">
        <f id="SM-PATIENT-53" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:name)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:apply-templates select="*" mode="place-1"/>
  </xsl:template>
  <xsl:template match="h:name" mode="place-1">
    <xsl:call-template name="typed-EN"/>
  </xsl:template>
  <xsl:template match="h:addr" mode="place-1">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="place-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="place-1" name="place-1">
    <xsl:if test="not(self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:name) and not(@xsi:nil='true')">
      <f id="SM-PATIENT-54" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="birthplace-1" name="birthplace-1">
    <xsl:if test="not(self::h:place) and not(@xsi:nil='true')">
      <f id="SM-PATIENT-55" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="patient-1" name="patient-1">
    <xsl:if test="not(self::h:name and (not(@nullFlavor) or f:lacks(.., &quot;h:name[not(@nullFlavor)]&quot;)) or self::h:administrativeGenderCode or self::h:birthTime or self::sdtc:deceasedInd or self::sdtc:deceasedTime or self::sdtc:multipleBirthInd or self::sdtc:multipleBirthOrderNumber or self::h:guardian or self::h:birthplace and (h:place)) and not(@xsi:nil='true')">
      <f id="SM-PATIENT-56" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:addr" mode="patientRole-1">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="patientRole-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="patientRole-1" name="patientRole-1">
    <xsl:if test="not(self::h:id and (not(@nullFlavor) or f:lacks(.., &quot;h:id[not(@nullFlavor)]&quot;)) or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:telecom or self::h:patient and (not(@nullFlavor) or f:lacks(.., &quot;h:patient[not(@nullFlavor)]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-PATIENT-57" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="recordTarget-1" name="recordTarget-1">
    <xsl:if test="not(self::h:patientRole and (h:patient or f:lacks(.., &quot;h:patientRole[h:patient]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-PATIENT-58" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:author" mode="ClinicalDocument-1">
    <xsl:if test="h:assignedAuthor">
      <xsl:if test="not((not(h:assignedAuthor/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (not(h:assignedAuthor/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (not(h:functionCode[2])) and (count(h:time) = 1) and (count(h:assignedAuthor[not(@nullFlavor)]) = 1))">
        <xsl:if test="not(not(h:assignedAuthor/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
          <f id="SM-AUTHOR-02" role="error" about="assignedAuthor/assignedPerson/name/prefix" set="J245" at="{f:place(.)}" on="{f:place((h:assignedAuthor/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:assignedAuthor/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:assignedAuthor/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
          <f id="SM-AUTHOR-03" role="error" about="assignedAuthor/assignedPerson/name/suffix" set="J246" at="{f:place(.)}" on="{f:place((h:assignedAuthor/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:assignedAuthor/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:functionCode[2]))">
          <f id="SM-AUTHOR-04" role="error" about="functionCode" at="{f:place(.)}" on="{f:place((. | h:functionCode[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:functionCode)}"/>
        </xsl:if>
        <xsl:if test="not(count(h:time) = 1)">
          <f id="SM-AUTHOR-11" role="error" about="time" at="{f:place(.)}" on="{f:place((. | h:time[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:time)}"/>
        </xsl:if>
        <xsl:if test="not(count(h:assignedAuthor[not(@nullFlavor)]) = 1)">
          <f id="SM-AUTHOR-12" role="error" about="assignedAuthor" at="{f:place(.)}" on="{f:place((. | h:assignedAuthor[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:assignedAuthor[not(@nullFlavor)])]/h:assignedAuthor)[last()])}" name="{local-name()}" found="{count(h:assignedAuthor[not(@nullFlavor)])}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="author-1"/>
    </xsl:if>
    <xsl:if test="not((h:assignedAuthor))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:functionCode" mode="author-1">
    <xsl:if test="not((not(@displayName) or (@displayName!='')) and (@codeSystem and @codeSystem[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))]) and (@code) and (not(@code) or @code[(contains(' 330 353 ADMPHYS ATTPHYS CORRE DISPHYS ES-PREF ES-REF PCP PRELV ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('330 353 ADMPHYS ATTPHYS CORRE DISPHYS ES-PREF ES-REF PCP PRELV', string(.))]) and (not(h:originalText[2])))">
      <xsl:if test="not(not(@displayName) or (@displayName!=''))">
        <f id="SM-AUTHOR-05" role="error" about="@displayName" at="{f:place(.)}" name="{local-name()}" found="{f:show(@displayName)}"/>
      </xsl:if>
      <xsl:if test="not(@codeSystem and @codeSystem[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))])">
        <f id="SM-AUTHOR-06" role="error" about="@codeSystem" at="{f:place(.)}" name="{local-name()}" found="{f:show(@codeSystem)}"/>
      </xsl:if>
      <xsl:if test="not(@code)">
        <f id="SM-AUTHOR-07" role="error" about="@code" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
      </xsl:if>
      <xsl:if test="not(not(@code) or @code[(contains(' 330 353 ADMPHYS ATTPHYS CORRE DISPHYS ES-PREF ES-REF PCP PRELV ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('330 353 ADMPHYS ATTPHYS CORRE DISPHYS ES-PREF ES-REF PCP PRELV', string(.))])">
        <f id="SM-AUTHOR-08" role="error" about="@code" set="J47" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:originalText[2]))">
        <f id="SM-AUTHOR-09" role="error" about="originalText" at="{f:place(.)}" on="{f:place((. | h:originalText[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:originalText)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="typed-CE"/>
    <xsl:apply-templates select="*" mode="functionCode-1"/>
  </xsl:template>
  <xsl:template match="h:originalText" mode="functionCode-1">
    <xsl:call-template name="typed-ED"/>
  </xsl:template>
  <xsl:template match="*" mode="functionCode-1" name="functionCode-1">
    <xsl:if test="not(self::h:originalText) and not(@xsi:nil='true')">
      <f id="SM-AUTHOR-10" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:time" mode="author-1">
    <xsl:call-template name="typed-TS.req"/>
  </xsl:template>
  <xsl:template match="h:assignedAuthor" mode="author-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:if test="not((count(h:assignedPerson | h:assignedAuthoringDevice) &lt;= 1) and (h:id) and (not(h:code[2])) and (not(h:assignedPerson[2])) and (not(h:assignedAuthoringDevice[2])) and (not(h:representedOrganization[2])))">
        <xsl:if test="not(count(h:assignedPerson | h:assignedAuthoringDevice) &lt;= 1)">
          <f id="SM-AUTHOR-13" role="error" about="choice" unless="SM-AUTHOR-20 SM-AUTHOR-24" at="{f:place(.)}" name="{local-name()}" found="{count(h:assignedPerson | h:assignedAuthoringDevice)}"/>
        </xsl:if>
        <xsl:if test="not(h:id)">
          <f id="SM-AUTHOR-14" role="error" about="id" at="{f:place(.)}" name="{local-name()}" found="{count(h:id)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:code[2]))">
          <f id="SM-AUTHOR-15" role="error" about="code" at="{f:place(.)}" on="{f:place((. | h:code[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:code)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:assignedPerson[2]))">
          <f id="SM-AUTHOR-20" role="error" about="assignedPerson" at="{f:place(.)}" on="{f:place((. | h:assignedPerson[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:assignedPerson)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:assignedAuthoringDevice[2]))">
          <f id="SM-AUTHOR-24" role="error" about="assignedAuthoringDevice" at="{f:place(.)}" on="{f:place((. | h:assignedAuthoringDevice[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:assignedAuthoringDevice)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:representedOrganization[2]))">
          <f id="SM-AUTHOR-28" role="error" about="representedOrganization" at="{f:place(.)}" on="{f:place((. | h:representedOrganization[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:representedOrganization)}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="assignedAuthor-1"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="author-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:id" mode="assignedAuthor-1">
    <xsl:call-template name="typed-II.full"/>
  </xsl:template>
  <xsl:template match="h:code" mode="assignedAuthor-1">
    <xsl:if test="not(not(@code) or @code[f:members('2025-02', 'J01', string(.))])">
      <f id="SM-AUTHOR-16" role="error" about="@code" set="J01" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
    </xsl:if>
    <xsl:call-template name="typed-CE.full"/>
  </xsl:template>
  <xsl:template match="h:telecom" mode="assignedAuthor-1">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:assignedPerson" mode="assignedAuthor-1">
    <xsl:if test="not(count(h:name[h:family]) = 1)">
      <f id="SM-AUTHOR-21" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[h:family][position() &gt; 1] | self::*[not(h:name[h:family])]/h:name)[last()])}" name="{local-name()}" found="{count(h:name[h:family])}"/>
    </xsl:if>
    <xsl:apply-templates select="*" mode="assignedPerson-1"/>
  </xsl:template>
  <xsl:template match="h:name" mode="assignedPerson-1">
    <xsl:if test="h:family">
      <xsl:call-template name="typed-PN.pro"/>
      <xsl:apply-templates select="*" mode="name-3"/>
    </xsl:if>
    <xsl:if test="not((h:family))">
      <xsl:call-template name="assignedPerson-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:family | h:given | h:prefix | h:suffix" mode="name-3"/>
  <xsl:template match="*" mode="name-3" name="name-3">
    <xsl:if test="not(self::h:family or self::h:given or self::h:prefix or self::h:suffix) and not(@xsi:nil='true')">
      <f id="SM-AUTHOR-22" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="assignedPerson-1" name="assignedPerson-1">
    <xsl:if test="not(self::h:name and (h:family or f:lacks(.., &quot;h:name[h:family]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-AUTHOR-23" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:assignedAuthoringDevice" mode="assignedAuthor-1">
    <xsl:if test="not((count(h:manufacturerModelName) = 1) and (count(h:softwareName) = 1))">
      <xsl:if test="not(count(h:manufacturerModelName) = 1)">
        <f id="SM-AUTHOR-25" role="error" about="manufacturerModelName" at="{f:place(.)}" on="{f:place((. | h:manufacturerModelName[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:manufacturerModelName)}"/>
      </xsl:if>
      <xsl:if test="not(count(h:softwareName) = 1)">
        <f id="SM-AUTHOR-26" role="error" about="softwareName" at="{f:place(.)}" on="{f:place((. | h:softwareName[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:softwareName)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:apply-templates select="*" mode="assignedAuthoringDevice-1"/>
  </xsl:template>
  <xsl:template match="h:manufacturerModelName" mode="assignedAuthoringDevice-1">
    <xsl:call-template name="typed-SC"/>
  </xsl:template>
  <xsl:template match="h:softwareName" mode="assignedAuthoringDevice-1">
    <xsl:call-template name="typed-SC"/>
  </xsl:template>
  <xsl:template match="*" mode="assignedAuthoringDevice-1" name="assignedAuthoringDevice-1">
    <xsl:if test="not(self::h:manufacturerModelName or self::h:softwareName) and not(@xsi:nil='true')">
      <f id="SM-AUTHOR-27" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:representedOrganization" mode="assignedAuthor-1">
    <xsl:if test="not((not(h:id[@root='1.2.250.1.71.4.2.2'][2])) and (not(h:name[2])) and (not(h:standardIndustryClassCode[f:pair('2025-02', 'J04', string(@code), string(@codeSystem))][2])))">
      <xsl:if test="not(not(h:id[@root='1.2.250.1.71.4.2.2'][2]))">
        <f id="SM-AUTHOR-29" role="error" about="id" at="{f:place(.)}" on="{f:place((. | h:id[@root='1.2.250.1.71.4.2.2'][position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:id[@root='1.2.250.1.71.4.2.2'])}"/>
      </xsl:if>
      <xsl:if test="not(not(h:name[2]))">
        <f id="SM-AUTHOR-30" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:name)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:standardIndustryClassCode[f:pair('2025-02', 'J04', string(@code), string(@codeSystem))][2]))">
        <f id="SM-AUTHOR-34" role="error" about="standardIndustryClassCode" at="{f:place(.)}" on="{f:place((. | h:standardIndustryClassCode[f:pair('2025-02', 'J04', string(@code), string(@codeSystem))][position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:standardIndustryClassCode[f:pair('2025-02', 'J04', string(@code), string(@codeSystem))])}"/>
      </xsl:if>
    </xsl:if>
    <xsl:apply-templates select="*" mode="representedOrganization-1"/>
  </xsl:template>
  <xsl:template match="h:id" mode="representedOrganization-1">
    <xsl:if test="@root='1.2.250.1.71.4.2.2'">
      <xsl:call-template name="typed-II.org"/>
    </xsl:if>
    <xsl:if test="not((@root='1.2.250.1.71.4.2.2'))">
      <xsl:call-template name="representedOrganization-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:telecom" mode="representedOrganization-1">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:standardIndustryClassCode" mode="representedOrganization-1">
    <xsl:if test="f:pair('2025-02', 'J04', string(@code), string(@codeSystem))">
      <xsl:call-template name="typed-CE.full"/>
    </xsl:if>
    <xsl:if test="not((f:pair('2025-02', 'J04', string(@code), string(@codeSystem))))">
      <xsl:call-template name="representedOrganization-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:addr" mode="representedOrganization-1">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="representedOrganization-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:name" mode="representedOrganization-1"/>
  <xsl:template match="*" mode="representedOrganization-1" name="representedOrganization-1">
    <xsl:if test="not(self::h:id and (@root='1.2.250.1.71.4.2.2') or self::h:name or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:telecom or self::h:standardIndustryClassCode and (f:pair('2025-02', 'J04', string(@code), string(@codeSystem)))) and not(@xsi:nil='true')">
      <f id="SM-AUTHOR-37" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:addr" mode="assignedAuthor-1">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="assignedAuthor-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="assignedAuthor-1" name="assignedAuthor-1">
    <xsl:if test="not(self::h:id or self::h:code or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:telecom or self::h:assignedPerson or self::h:assignedAuthoringDevice or self::h:representedOrganization) and not(@xsi:nil='true')">
      <f id="SM-AUTHOR-38" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="author-1" name="author-1">
    <xsl:if test="not(self::h:functionCode or self::h:time or self::h:assignedAuthor and (not(@nullFlavor) or f:lacks(.., &quot;h:assignedAuthor[not(@nullFlavor)]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-AUTHOR-39" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:dataEnterer" mode="ClinicalDocument-1">
    <xsl:if test="not(not(h:time[2]))">
      <f id="SM-DATAENT-02" role="error" about="time" at="{f:place(.)}" on="{f:place((. | h:time[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:time)}"/>
    </xsl:if>
    <xsl:call-template name="typed-ANY"/>
    <xsl:apply-templates select="*" mode="dataEnterer-1"/>
  </xsl:template>
  <xsl:template match="h:time" mode="dataEnterer-1">
    <xsl:call-template name="typed-TS.date"/>
  </xsl:template>
  <xsl:template match="h:assignedEntity" mode="dataEnterer-1">
    <xsl:apply-templates select="*" mode="assignedEntity-1"/>
  </xsl:template>
  <xsl:template match="h:addr" mode="assignedEntity-1">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:apply-templates select="*" mode="addr-1"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:apply-templates select="*" mode="addr-2"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="assignedEntity-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:additionalLocator | h:city | h:country | h:county | h:houseNumber | h:houseNumberNumeric | h:postBox | h:postalCode | h:precinct | h:state | h:streetName | h:streetNameType | h:unitID" mode="addr-1"/>
  <xsl:template match="*" mode="addr-1" name="addr-1">
    <xsl:if test="not(self::h:country or self::h:state or self::h:city or self::h:postalCode or self::h:county or self::h:houseNumber or self::h:houseNumberNumeric or self::h:streetName or self::h:streetNameType or self::h:additionalLocator or self::h:unitID or self::h:postBox or self::h:precinct) and not(@xsi:nil='true')">
      <f id="SM-DATAENT-07" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:streetAddressLine" mode="addr-2"/>
  <xsl:template match="*" mode="addr-2" name="addr-2">
    <xsl:if test="not(self::h:streetAddressLine) and not(@xsi:nil='true')">
      <f id="SM-DATAENT-09" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:assignedPerson" mode="assignedEntity-1">
    <xsl:apply-templates select="*" mode="assignedPerson-2"/>
  </xsl:template>
  <xsl:template match="h:name" mode="assignedPerson-2">
    <xsl:if test="h:family">
      <xsl:apply-templates select="*" mode="name-4"/>
    </xsl:if>
    <xsl:if test="not((h:family))">
      <xsl:call-template name="assignedPerson-2"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:family | h:given | h:prefix | h:suffix" mode="name-4"/>
  <xsl:template match="*" mode="name-4" name="name-4">
    <xsl:if test="not(self::h:prefix or self::h:given or self::h:family or self::h:suffix) and not(@xsi:nil='true')">
      <f id="SM-DATAENT-17" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="assignedPerson-2" name="assignedPerson-2">
    <xsl:if test="not(self::h:name and (h:family)) and not(@xsi:nil='true')">
      <f id="SM-DATAENT-18" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:representedOrganization" mode="assignedEntity-1">
    <xsl:apply-templates select="*" mode="representedOrganization-2"/>
  </xsl:template>
  <xsl:template match="h:addr" mode="representedOrganization-2">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:apply-templates select="*" mode="addr-3"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:apply-templates select="*" mode="addr-4"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="representedOrganization-2"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:additionalLocator | h:city | h:country | h:county | h:houseNumber | h:houseNumberNumeric | h:postBox | h:postalCode | h:precinct | h:state | h:streetName | h:streetNameType | h:unitID" mode="addr-3"/>
  <xsl:template match="*" mode="addr-3" name="addr-3">
    <xsl:if test="not(self::h:country or self::h:state or self::h:city or self::h:postalCode or self::h:county or self::h:houseNumber or self::h:houseNumberNumeric or self::h:streetName or self::h:streetNameType or self::h:additionalLocator or self::h:unitID or self::h:postBox or self::h:precinct) and not(@xsi:nil='true')">
      <f id="SM-DATAENT-23" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:streetAddressLine" mode="addr-4"/>
  <xsl:template match="*" mode="addr-4" name="addr-4">
    <xsl:if test="not(self::h:streetAddressLine) and not(@xsi:nil='true')">
      <f id="SM-DATAENT-25" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:name | h:standardIndustryClassCode | h:telecom" mode="representedOrganization-2"/>
  <xsl:template match="*" mode="representedOrganization-2" name="representedOrganization-2">
    <xsl:if test="not(self::h:id and (@root='1.2.250.1.71.4.2.2') or self::h:name or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:telecom or self::h:standardIndustryClassCode) and not(@xsi:nil='true')">
      <f id="SM-DATAENT-28" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:code | h:id | h:telecom" mode="assignedEntity-1"/>
  <xsl:template match="*" mode="assignedEntity-1" name="assignedEntity-1">
    <xsl:if test="not(self::h:id or self::h:code or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:telecom or self::h:assignedPerson or self::h:representedOrganization) and not(@xsi:nil='true')">
      <f id="SM-DATAENT-29" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="dataEnterer-1" name="dataEnterer-1">
    <xsl:if test="not(self::h:time or self::h:assignedEntity) and not(@xsi:nil='true')">
      <f id="SM-DATAENT-30" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:informant" mode="ClinicalDocument-1">
    <xsl:if test="not((h:assignedEntity or h:relatedEntity[@classCode][h:relatedPerson]) and (count(h:assignedEntity | h:relatedEntity[@classCode][h:relatedPerson]) &lt;= 1) and (not(h:assignedEntity[2])) and (not(h:relatedEntity[@classCode and h:relatedPerson][2])))">
      <xsl:if test="not(h:assignedEntity or h:relatedEntity[@classCode][h:relatedPerson])">
        <f id="SM-INFORMANT-02" role="error" about="choice" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(count(h:assignedEntity | h:relatedEntity[@classCode][h:relatedPerson]) &lt;= 1)">
        <f id="SM-INFORMANT-03" role="error" about="choice" unless="SM-INFORMANT-04 SM-INFORMANT-27" at="{f:place(.)}" name="{local-name()}" found="{count(h:assignedEntity | h:relatedEntity[@classCode][h:relatedPerson])}"/>
      </xsl:if>
      <xsl:if test="not(not(h:assignedEntity[2]))">
        <f id="SM-INFORMANT-04" role="error" about="assignedEntity" at="{f:place(.)}" on="{f:place((. | h:assignedEntity[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:assignedEntity)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:relatedEntity[@classCode and h:relatedPerson][2]))">
        <f id="SM-INFORMANT-27" role="error" about="relatedEntity" at="{f:place(.)}" on="{f:place((. | h:relatedEntity[@classCode and h:relatedPerson][position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:relatedEntity[@classCode and h:relatedPerson])}"/>
      </xsl:if>
    </xsl:if>
    <xsl:apply-templates select="*" mode="informant-1"/>
  </xsl:template>
  <xsl:template match="h:assignedEntity" mode="informant-1">
    <xsl:if test="not((not(h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (not(h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (count(h:id) = 1) and (not(h:code[2])) and (not(h:assignedPerson[2])) and (not(h:representedOrganization[2])))">
      <xsl:if test="not(not(h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
        <f id="SM-INFORMANT-05" role="error" about="assignedPerson/name/prefix" set="J245" at="{f:place(.)}" on="{f:place((h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
      </xsl:if>
      <xsl:if test="not(not(h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
        <f id="SM-INFORMANT-06" role="error" about="assignedPerson/name/suffix" set="J246" at="{f:place(.)}" on="{f:place((h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
      </xsl:if>
      <xsl:if test="not(count(h:id) = 1)">
        <f id="SM-INFORMANT-07" role="error" about="id" at="{f:place(.)}" on="{f:place((. | h:id[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:id)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:code[2]))">
        <f id="SM-INFORMANT-09" role="error" about="code" at="{f:place(.)}" on="{f:place((. | h:code[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:code)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:assignedPerson[2]))">
        <f id="SM-INFORMANT-13" role="error" about="assignedPerson" at="{f:place(.)}" on="{f:place((. | h:assignedPerson[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:assignedPerson)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:representedOrganization[2]))">
        <f id="SM-INFORMANT-17" role="error" about="representedOrganization" at="{f:place(.)}" on="{f:place((. | h:representedOrganization[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:representedOrganization)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="typed-ANY"/>
    <xsl:apply-templates select="*" mode="assignedEntity-2"/>
  </xsl:template>
  <xsl:template match="h:id" mode="assignedEntity-2">
    <xsl:if test="not((@root and @extension) or @nullFlavor)">
      <f id="SM-INFORMANT-08" role="error" about="@root" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:call-template name="typed-II.fmt"/>
  </xsl:template>
  <xsl:template match="h:code" mode="assignedEntity-2">
    <xsl:call-template name="typed-CD.fmt"/>
  </xsl:template>
  <xsl:template match="h:telecom" mode="assignedEntity-2">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:assignedPerson" mode="assignedEntity-2">
    <xsl:if test="not(count(h:name[h:family]) = 1)">
      <f id="SM-INFORMANT-14" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[h:family][position() &gt; 1] | self::*[not(h:name[h:family])]/h:name)[last()])}" name="{local-name()}" found="{count(h:name[h:family])}"/>
    </xsl:if>
    <xsl:apply-templates select="*" mode="assignedPerson-3"/>
  </xsl:template>
  <xsl:template match="h:name" mode="assignedPerson-3">
    <xsl:if test="h:family">
      <xsl:call-template name="typed-PN.pro"/>
      <xsl:apply-templates select="*" mode="name-5"/>
    </xsl:if>
    <xsl:if test="not((h:family))">
      <xsl:call-template name="assignedPerson-3"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:family | h:given | h:prefix | h:suffix" mode="name-5"/>
  <xsl:template match="*" mode="name-5" name="name-5">
    <xsl:if test="not(self::h:family or self::h:given or self::h:prefix or self::h:suffix) and not(@xsi:nil='true')">
      <f id="SM-INFORMANT-15" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="assignedPerson-3" name="assignedPerson-3">
    <xsl:if test="not(self::h:name and (h:family or f:lacks(.., &quot;h:name[h:family]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-INFORMANT-16" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:representedOrganization" mode="assignedEntity-2">
    <xsl:if test="not((not(h:name[2])) and (not(h:standardIndustryClassCode[2])))">
      <xsl:if test="not(not(h:name[2]))">
        <f id="SM-INFORMANT-19" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:name)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:standardIndustryClassCode[2]))">
        <f id="SM-INFORMANT-23" role="error" about="standardIndustryClassCode" at="{f:place(.)}" on="{f:place((. | h:standardIndustryClassCode[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:standardIndustryClassCode)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:apply-templates select="*" mode="representedOrganization-3"/>
  </xsl:template>
  <xsl:template match="h:id" mode="representedOrganization-3">
    <xsl:if test="@root='1.2.250.1.71.4.2.2'">
      <xsl:call-template name="typed-II.org"/>
    </xsl:if>
    <xsl:if test="not((@root='1.2.250.1.71.4.2.2'))">
      <xsl:call-template name="representedOrganization-3"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:name" mode="representedOrganization-3">
    <xsl:call-template name="typed-ON"/>
  </xsl:template>
  <xsl:template match="h:telecom" mode="representedOrganization-3">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:standardIndustryClassCode" mode="representedOrganization-3">
    <xsl:if test="not(not(@code) or @code[(contains(' AMBULATOIRE AMO DEPISTAGE ESSMS ETABLISSEMENT EXP_PATIENT HAD MAD PALLIATIF SAD SAMU_SMUR SNR ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('AMBULATOIRE AMO DEPISTAGE ESSMS ETABLISSEMENT EXP_PATIENT HAD MAD PALLIATIF SAD SAMU_SMUR SNR', string(.))])">
      <f id="SM-INFORMANT-24" role="error" about="@code" set="J04" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
    </xsl:if>
    <xsl:call-template name="typed-CE.full"/>
  </xsl:template>
  <xsl:template match="h:addr" mode="representedOrganization-3">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="representedOrganization-3"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="representedOrganization-3" name="representedOrganization-3">
    <xsl:if test="not(self::h:id and (@root='1.2.250.1.71.4.2.2') or self::h:name or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:telecom or self::h:standardIndustryClassCode) and not(@xsi:nil='true')">
      <f id="SM-INFORMANT-25" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:addr" mode="assignedEntity-2">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="assignedEntity-2"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="assignedEntity-2" name="assignedEntity-2">
    <xsl:if test="not(self::h:id or self::h:code or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:telecom or self::h:assignedPerson or self::h:representedOrganization) and not(@xsi:nil='true')">
      <f id="SM-INFORMANT-26" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:relatedEntity" mode="informant-1">
    <xsl:if test="@classCode and h:relatedPerson">
      <xsl:if test="not((@classCode and @classCode!='' and translate(@classCode, ' &#9;&#10;&#13;', '')=@classCode) and (@classCode='ECON' or @classCode='NOK' or @classCode='CON' or @classCode='CAREGIVER' or @classCode='PAT') and (not(h:relatedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (not(h:relatedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (not(h:code[2])) and (count(h:relatedPerson) = 1))">
        <xsl:if test="not(@classCode and @classCode!='' and translate(@classCode, ' &#9;&#10;&#13;', '')=@classCode)">
          <f id="SM-INFORMANT-28" role="error" about="@classCode" at="{f:place(.)}" name="{local-name()}" found="{f:show(@classCode)}"/>
        </xsl:if>
        <xsl:if test="not(@classCode='ECON' or @classCode='NOK' or @classCode='CON' or @classCode='CAREGIVER' or @classCode='PAT')">
          <f id="SM-INFORMANT-29" role="error" about="@classCode" at="{f:place(.)}" name="{local-name()}" found="{f:show(@classCode)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:relatedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
          <f id="SM-INFORMANT-30" role="error" about="relatedPerson/name/prefix" set="J245" at="{f:place(.)}" on="{f:place((h:relatedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:relatedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:relatedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
          <f id="SM-INFORMANT-31" role="error" about="relatedPerson/name/suffix" set="J246" at="{f:place(.)}" on="{f:place((h:relatedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:relatedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:code[2]))">
          <f id="SM-INFORMANT-32" role="error" about="code" at="{f:place(.)}" on="{f:place((. | h:code[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:code)}"/>
        </xsl:if>
        <xsl:if test="not(count(h:relatedPerson) = 1)">
          <f id="SM-INFORMANT-39" role="error" about="relatedPerson" at="{f:place(.)}" on="{f:place((. | h:relatedPerson[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:relatedPerson)}"/>
        </xsl:if>
      </xsl:if>
      <xsl:call-template name="typed-ANY"/>
      <xsl:apply-templates select="*" mode="relatedEntity-1"/>
    </xsl:if>
    <xsl:if test="not((@classCode and h:relatedPerson))">
      <xsl:call-template name="informant-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:code" mode="relatedEntity-1">
    <xsl:if test="not((not(@code) or @code[(contains(' AUNT BRO CHILD COUSN CURATEUR DAU DAUC DOMPART FAMMEMB FRND FTH GGRFTH GGRMTH GRFTH GRMTH GRNDDAU GRNDSO HBRO HSIS HUSB MSVG MTH NBOR NEPHEW NFTH NIECE NMTH ROOM SIGOTHR SIS SON SONC STPFTH STPMTH TUTEUR UNCLE WIFE ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('AUNT BRO CHILD COUSN CURATEUR DAU DAUC DOMPART FAMMEMB FRND FTH GGRFTH GGRMTH GRFTH GRMTH GRNDDAU GRNDSO HBRO HSIS HUSB MSVG MTH NBOR NEPHEW NFTH NIECE NMTH ROOM SIGOTHR SIS SON SONC STPFTH STPMTH TUTEUR UNCLE WIFE', string(.))]) and (not(h:originalText[2])))">
      <xsl:if test="not(not(@code) or @code[(contains(' AUNT BRO CHILD COUSN CURATEUR DAU DAUC DOMPART FAMMEMB FRND FTH GGRFTH GGRMTH GRFTH GRMTH GRNDDAU GRNDSO HBRO HSIS HUSB MSVG MTH NBOR NEPHEW NFTH NIECE NMTH ROOM SIGOTHR SIS SON SONC STPFTH STPMTH TUTEUR UNCLE WIFE ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('AUNT BRO CHILD COUSN CURATEUR DAU DAUC DOMPART FAMMEMB FRND FTH GGRFTH GGRMTH GRFTH GRMTH GRNDDAU GRNDSO HBRO HSIS HUSB MSVG MTH NBOR NEPHEW NFTH NIECE NMTH ROOM SIGOTHR SIS SON SONC STPFTH STPMTH TUTEUR UNCLE WIFE', string(.))])">
        <f id="SM-INFORMANT-33" role="error" about="@code" set="J11" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:originalText[2]))">
        <f id="SM-INFORMANT-34" role="error" about="originalText" at="{f:place(.)}" on="{f:place((. | h:originalText[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:originalText)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="typed-CE.full"/>
    <xsl:apply-templates select="*" mode="code-1"/>
  </xsl:template>
  <xsl:template match="h:originalText" mode="code-1">
    <xsl:call-template name="typed-ED"/>
  </xsl:template>
  <xsl:template match="*" mode="code-1" name="code-1">
    <xsl:if test="not(self::h:originalText) and not(@xsi:nil='true')">
      <f id="SM-INFORMANT-35" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:telecom" mode="relatedEntity-1">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:relatedPerson" mode="relatedEntity-1">
    <xsl:if test="not(count(h:name[h:family]) = 1)">
      <f id="SM-INFORMANT-40" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[h:family][position() &gt; 1] | self::*[not(h:name[h:family])]/h:name)[last()])}" name="{local-name()}" found="{count(h:name[h:family])}"/>
    </xsl:if>
    <xsl:apply-templates select="*" mode="relatedPerson-1"/>
  </xsl:template>
  <xsl:template match="h:name" mode="relatedPerson-1">
    <xsl:if test="h:family">
      <xsl:if test="not((count(h:family) = 1) and (not(h:given[2])) and (not(h:prefix[2])))">
        <xsl:if test="not(count(h:family) = 1)">
          <f id="SM-INFORMANT-41" role="error" about="family" at="{f:place(.)}" on="{f:place((. | h:family[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:family)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:given[2]))">
          <f id="SM-INFORMANT-42" role="error" about="given" at="{f:place(.)}" on="{f:place((. | h:given[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:given)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:prefix[2]))">
          <f id="SM-INFORMANT-43" role="error" about="prefix" at="{f:place(.)}" on="{f:place((. | h:prefix[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:prefix)}"/>
        </xsl:if>
      </xsl:if>
      <xsl:call-template name="typed-PN"/>
      <xsl:apply-templates select="*" mode="name-6"/>
    </xsl:if>
    <xsl:if test="not((h:family))">
      <xsl:call-template name="relatedPerson-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:family | h:given | h:prefix" mode="name-6"/>
  <xsl:template match="*" mode="name-6" name="name-6">
    <xsl:if test="not(self::h:family or self::h:given or self::h:prefix) and not(@xsi:nil='true')">
      <f id="SM-INFORMANT-44" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="relatedPerson-1" name="relatedPerson-1">
    <xsl:if test="not(self::h:name and (h:family or f:lacks(.., &quot;h:name[h:family]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-INFORMANT-45" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:addr" mode="relatedEntity-1">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="relatedEntity-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="relatedEntity-1" name="relatedEntity-1">
    <xsl:if test="not(self::h:code or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:telecom or self::h:relatedPerson) and not(@xsi:nil='true')">
      <f id="SM-INFORMANT-46" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="informant-1" name="informant-1">
    <xsl:if test="not(self::h:assignedEntity or self::h:relatedEntity and (@classCode and h:relatedPerson)) and not(@xsi:nil='true')">
      <f id="SM-INFORMANT-47" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:custodian" mode="ClinicalDocument-1">
    <xsl:if test="not(@nullFlavor) and h:assignedCustodian">
      <xsl:if test="not(count(h:assignedCustodian[h:representedCustodianOrganization]) = 1)">
        <f id="SM-CUSTODIAN-02" role="error" about="assignedCustodian" at="{f:place(.)}" on="{f:place((. | h:assignedCustodian[h:representedCustodianOrganization][position() &gt; 1] | self::*[not(h:assignedCustodian[h:representedCustodianOrganization])]/h:assignedCustodian)[last()])}" name="{local-name()}" found="{count(h:assignedCustodian[h:representedCustodianOrganization])}"/>
      </xsl:if>
      <xsl:apply-templates select="*" mode="custodian-1"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor) and h:assignedCustodian))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:assignedCustodian" mode="custodian-1">
    <xsl:if test="h:representedCustodianOrganization">
      <xsl:if test="not(count(h:representedCustodianOrganization) = 1)">
        <f id="SM-CUSTODIAN-03" role="error" about="representedCustodianOrganization" at="{f:place(.)}" on="{f:place((. | h:representedCustodianOrganization[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:representedCustodianOrganization)}"/>
      </xsl:if>
      <xsl:apply-templates select="*" mode="assignedCustodian-1"/>
    </xsl:if>
    <xsl:if test="not((h:representedCustodianOrganization))">
      <xsl:call-template name="custodian-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:representedCustodianOrganization" mode="assignedCustodian-1">
    <xsl:if test="not((count(h:addr) &lt;= 1) and (count(h:id[not(@nullFlavor)]) = 1) and (not(h:name[2])) and (not(h:telecom[2])))">
      <xsl:if test="not(count(h:addr) &lt;= 1)">
        <f id="SM-CUSTODIAN-04" role="error" about="addr" at="{f:place(.)}" name="{local-name()}" found="{count(h:addr)}"/>
      </xsl:if>
      <xsl:if test="not(count(h:id[not(@nullFlavor)]) = 1)">
        <f id="SM-CUSTODIAN-05" role="error" about="id" at="{f:place(.)}" on="{f:place((. | h:id[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:id[not(@nullFlavor)])]/h:id)[last()])}" name="{local-name()}" found="{count(h:id[not(@nullFlavor)])}"/>
      </xsl:if>
      <xsl:if test="not(not(h:name[2]))">
        <f id="SM-CUSTODIAN-07" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:name)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:telecom[2]))">
        <f id="SM-CUSTODIAN-08" role="error" about="telecom" at="{f:place(.)}" on="{f:place((. | h:telecom[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:telecom)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:apply-templates select="*" mode="representedCustodianOrganization-1"/>
  </xsl:template>
  <xsl:template match="h:id" mode="representedCustodianOrganization-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:if test="not(@root='1.2.250.1.71.4.2.2' or @root='1.2.250.1.213.4.1')">
        <f id="SM-CUSTODIAN-06" role="error" about="@root" at="{f:place(.)}" name="{local-name()}" found="{f:show(@root)}"/>
      </xsl:if>
      <xsl:call-template name="typed-II.root"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="representedCustodianOrganization-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:telecom" mode="representedCustodianOrganization-1">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:addr" mode="representedCustodianOrganization-1">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="representedCustodianOrganization-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:name" mode="representedCustodianOrganization-1"/>
  <xsl:template match="*" mode="representedCustodianOrganization-1" name="representedCustodianOrganization-1">
    <xsl:if test="not(self::h:id and (not(@nullFlavor) or f:lacks(.., &quot;h:id[not(@nullFlavor)]&quot;)) or self::h:name or self::h:telecom or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine)) and not(@xsi:nil='true')">
      <f id="SM-CUSTODIAN-11" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="assignedCustodian-1" name="assignedCustodian-1">
    <xsl:if test="not(self::h:representedCustodianOrganization) and not(@xsi:nil='true')">
      <f id="SM-CUSTODIAN-12" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="custodian-1" name="custodian-1">
    <xsl:if test="not(self::h:assignedCustodian and (h:representedCustodianOrganization or f:lacks(.., &quot;h:assignedCustodian[h:representedCustodianOrganization]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-CUSTODIAN-13" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:informationRecipient" mode="ClinicalDocument-1">
    <xsl:if test="h:intendedRecipient">
      <xsl:if test="not((not(h:intendedRecipient/h:informationRecipient/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (not(h:intendedRecipient/h:informationRecipient/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (count(h:intendedRecipient) = 1))">
        <xsl:if test="not(not(h:intendedRecipient/h:informationRecipient/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
          <f id="SM-RECIPIENT-02" role="error" about="intendedRecipient/informationRecipient/name/prefix" set="J245" at="{f:place(.)}" on="{f:place((h:intendedRecipient/h:informationRecipient/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:intendedRecipient/h:informationRecipient/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:intendedRecipient/h:informationRecipient/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
          <f id="SM-RECIPIENT-03" role="error" about="intendedRecipient/informationRecipient/name/suffix" set="J246" at="{f:place(.)}" on="{f:place((h:intendedRecipient/h:informationRecipient/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:intendedRecipient/h:informationRecipient/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
        </xsl:if>
        <xsl:if test="not(count(h:intendedRecipient) = 1)">
          <f id="SM-RECIPIENT-04" role="error" about="intendedRecipient" at="{f:place(.)}" on="{f:place((. | h:intendedRecipient[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:intendedRecipient)}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="informationRecipient-1"/>
    </xsl:if>
    <xsl:if test="not((h:intendedRecipient))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:intendedRecipient" mode="informationRecipient-1">
    <xsl:if test="not((not(h:informationRecipient[2])) and (not(h:receivedOrganization[2])))">
      <xsl:if test="not(not(h:informationRecipient[2]))">
        <f id="SM-RECIPIENT-11" role="error" about="informationRecipient" at="{f:place(.)}" on="{f:place((. | h:informationRecipient[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:informationRecipient)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:receivedOrganization[2]))">
        <f id="SM-RECIPIENT-15" role="error" about="receivedOrganization" at="{f:place(.)}" on="{f:place((. | h:receivedOrganization[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:receivedOrganization)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:apply-templates select="*" mode="intendedRecipient-1"/>
  </xsl:template>
  <xsl:template match="h:templateId" mode="intendedRecipient-1">
    <xsl:if test="not(@root)">
      <f id="SM-RECIPIENT-06" role="error" about="@root" at="{f:place(.)}" name="{local-name()}" found="{f:show(@root)}"/>
    </xsl:if>
    <xsl:call-template name="typed-II"/>
  </xsl:template>
  <xsl:template match="h:id" mode="intendedRecipient-1">
    <xsl:if test="@root='1.2.250.1.71.4.2.1'">
      <xsl:call-template name="typed-II.pro"/>
    </xsl:if>
    <xsl:if test="not((@root='1.2.250.1.71.4.2.1'))">
      <xsl:call-template name="intendedRecipient-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:telecom" mode="intendedRecipient-1">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:informationRecipient" mode="intendedRecipient-1">
    <xsl:apply-templates select="*" mode="informationRecipient-2"/>
  </xsl:template>
  <xsl:template match="h:name" mode="informationRecipient-2">
    <xsl:if test="h:family">
      <xsl:call-template name="typed-PN.pro"/>
      <xsl:apply-templates select="*" mode="name-7"/>
    </xsl:if>
    <xsl:if test="not((h:family))">
      <xsl:call-template name="informationRecipient-2"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:family | h:given | h:prefix | h:suffix" mode="name-7"/>
  <xsl:template match="*" mode="name-7" name="name-7">
    <xsl:if test="not(self::h:family or self::h:given or self::h:prefix or self::h:suffix) and not(@xsi:nil='true')">
      <f id="SM-RECIPIENT-13" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="informationRecipient-2" name="informationRecipient-2">
    <xsl:if test="not(self::h:name and (h:family)) and not(@xsi:nil='true')">
      <f id="SM-RECIPIENT-14" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:receivedOrganization" mode="intendedRecipient-1">
    <xsl:apply-templates select="*" mode="receivedOrganization-1"/>
  </xsl:template>
  <xsl:template match="h:id" mode="receivedOrganization-1">
    <xsl:if test="@root='1.2.250.1.71.4.2.2'">
      <xsl:call-template name="typed-II.org"/>
    </xsl:if>
    <xsl:if test="not((@root='1.2.250.1.71.4.2.2'))">
      <xsl:call-template name="receivedOrganization-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:name" mode="receivedOrganization-1">
    <xsl:call-template name="typed-ON"/>
  </xsl:template>
  <xsl:template match="h:telecom" mode="receivedOrganization-1">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:addr" mode="receivedOrganization-1">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="receivedOrganization-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="receivedOrganization-1" name="receivedOrganization-1">
    <xsl:if test="not(self::h:id and (@root='1.2.250.1.71.4.2.2') or self::h:name or self::h:telecom or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine)) and not(@xsi:nil='true')">
      <f id="SM-RECIPIENT-21" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:addr" mode="intendedRecipient-1">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="intendedRecipient-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="intendedRecipient-1" name="intendedRecipient-1">
    <xsl:if test="not(self::h:templateId or self::h:id and (@root='1.2.250.1.71.4.2.1') or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:telecom or self::h:informationRecipient or self::h:receivedOrganization) and not(@xsi:nil='true')">
      <f id="SM-RECIPIENT-22" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="informationRecipient-1" name="informationRecipient-1">
    <xsl:if test="not(self::h:intendedRecipient) and not(@xsi:nil='true')">
      <f id="SM-RECIPIENT-23" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:legalAuthenticator" mode="ClinicalDocument-1">
    <xsl:if test="h:signatureCode/@code='S'">
      <xsl:if test="not((not(h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (not(h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (count(h:time) = 1) and (count(h:signatureCode[@code='S']) = 1) and (count(h:assignedEntity) = 1))">
        <xsl:if test="not(not(h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
          <f id="SM-LEGALAUTH-02" role="error" about="assignedEntity/assignedPerson/name/prefix" set="J245" at="{f:place(.)}" on="{f:place((h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
          <f id="SM-LEGALAUTH-03" role="error" about="assignedEntity/assignedPerson/name/suffix" set="J246" at="{f:place(.)}" on="{f:place((h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
        </xsl:if>
        <xsl:if test="not(count(h:time) = 1)">
          <f id="SM-LEGALAUTH-04" role="error" about="time" at="{f:place(.)}" on="{f:place((. | h:time[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:time)}"/>
        </xsl:if>
        <xsl:if test="not(count(h:signatureCode[@code='S']) = 1)">
          <f id="SM-LEGALAUTH-05" role="error" about="signatureCode" at="{f:place(.)}" on="{f:place((. | h:signatureCode[@code='S'][position() &gt; 1] | self::*[not(h:signatureCode[@code='S'])]/h:signatureCode)[last()])}" name="{local-name()}" found="{count(h:signatureCode[@code='S'])}"/>
        </xsl:if>
        <xsl:if test="not(count(h:assignedEntity) = 1)">
          <f id="SM-LEGALAUTH-07" role="error" about="assignedEntity" at="{f:place(.)}" on="{f:place((. | h:assignedEntity[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:assignedEntity)}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="legalAuthenticator-1"/>
    </xsl:if>
    <xsl:if test="not((h:signatureCode/@code='S'))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:time" mode="legalAuthenticator-1">
    <xsl:call-template name="typed-TS.req"/>
  </xsl:template>
  <xsl:template match="h:signatureCode" mode="legalAuthenticator-1">
    <xsl:if test="@code='S'">
      <xsl:call-template name="typed-CS"/>
    </xsl:if>
    <xsl:if test="not((@code='S'))">
      <xsl:call-template name="legalAuthenticator-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:assignedEntity" mode="legalAuthenticator-1">
    <xsl:if test="not((count(h:id[not(@nullFlavor)]) = 1) and (not(h:code[2])) and (not(h:assignedPerson[2])) and (not(h:representedOrganization[2])))">
      <xsl:if test="not(count(h:id[not(@nullFlavor)]) = 1)">
        <f id="SM-LEGALAUTH-08" role="error" about="id" at="{f:place(.)}" on="{f:place((. | h:id[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:id[not(@nullFlavor)])]/h:id)[last()])}" name="{local-name()}" found="{count(h:id[not(@nullFlavor)])}"/>
      </xsl:if>
      <xsl:if test="not(not(h:code[2]))">
        <f id="SM-LEGALAUTH-09" role="error" about="code" at="{f:place(.)}" on="{f:place((. | h:code[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:code)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:assignedPerson[2]))">
        <f id="SM-LEGALAUTH-14" role="error" about="assignedPerson" at="{f:place(.)}" on="{f:place((. | h:assignedPerson[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:assignedPerson)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:representedOrganization[2]))">
        <f id="SM-LEGALAUTH-18" role="error" about="representedOrganization" at="{f:place(.)}" on="{f:place((. | h:representedOrganization[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:representedOrganization)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:apply-templates select="*" mode="assignedEntity-3"/>
  </xsl:template>
  <xsl:template match="h:id" mode="assignedEntity-3">
    <xsl:if test="not(@nullFlavor)">
      <xsl:call-template name="typed-II.full"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="assignedEntity-3"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:code" mode="assignedEntity-3">
    <xsl:if test="not(not(@code) or @code[f:members('2025-02', 'J01', string(.))])">
      <f id="SM-LEGALAUTH-10" role="error" about="@code" set="J01" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
    </xsl:if>
    <xsl:call-template name="typed-CD"/>
  </xsl:template>
  <xsl:template match="h:telecom" mode="assignedEntity-3">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:assignedPerson" mode="assignedEntity-3">
    <xsl:if test="not(count(h:name[not(@nullFlavor) and h:family]) = 1)">
      <f id="SM-LEGALAUTH-15" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[not(@nullFlavor) and h:family][position() &gt; 1] | self::*[not(h:name[not(@nullFlavor) and h:family])]/h:name)[last()])}" name="{local-name()}" found="{count(h:name[not(@nullFlavor) and h:family])}"/>
    </xsl:if>
    <xsl:apply-templates select="*" mode="assignedPerson-4"/>
  </xsl:template>
  <xsl:template match="h:name" mode="assignedPerson-4">
    <xsl:if test="not(@nullFlavor) and h:family">
      <xsl:call-template name="typed-PN.pro"/>
      <xsl:apply-templates select="*" mode="name-8"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor) and h:family))">
      <xsl:call-template name="assignedPerson-4"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:family | h:given | h:prefix | h:suffix" mode="name-8"/>
  <xsl:template match="*" mode="name-8" name="name-8">
    <xsl:if test="not(self::h:family or self::h:given or self::h:prefix or self::h:suffix) and not(@xsi:nil='true')">
      <f id="SM-LEGALAUTH-16" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="assignedPerson-4" name="assignedPerson-4">
    <xsl:if test="not(self::h:name and (not(@nullFlavor) and h:family or f:lacks(.., &quot;h:name[not(@nullFlavor) and h:family]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-LEGALAUTH-17" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:representedOrganization" mode="assignedEntity-3">
    <xsl:if test="not((not(h:name[2])) and (not(h:standardIndustryClassCode[2])))">
      <xsl:if test="not(not(h:name[2]))">
        <f id="SM-LEGALAUTH-20" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:name)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:standardIndustryClassCode[2]))">
        <f id="SM-LEGALAUTH-21" role="error" about="standardIndustryClassCode" at="{f:place(.)}" on="{f:place((. | h:standardIndustryClassCode[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:standardIndustryClassCode)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:apply-templates select="*" mode="representedOrganization-4"/>
  </xsl:template>
  <xsl:template match="h:id" mode="representedOrganization-4">
    <xsl:if test="@root='1.2.250.1.71.4.2.2'">
      <xsl:call-template name="typed-II.org"/>
    </xsl:if>
    <xsl:if test="not((@root='1.2.250.1.71.4.2.2'))">
      <xsl:call-template name="representedOrganization-4"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:standardIndustryClassCode" mode="representedOrganization-4">
    <xsl:if test="not(not(@code) or @code[(contains(' AMBULATOIRE AMO DEPISTAGE ESSMS ETABLISSEMENT EXP_PATIENT HAD MAD PALLIATIF SAD SAMU_SMUR SNR ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('AMBULATOIRE AMO DEPISTAGE ESSMS ETABLISSEMENT EXP_PATIENT HAD MAD PALLIATIF SAD SAMU_SMUR SNR', string(.))])">
      <f id="SM-LEGALAUTH-22" role="error" about="@code" set="J04" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
    </xsl:if>
    <xsl:call-template name="typed-CE"/>
  </xsl:template>
  <xsl:template match="h:telecom" mode="representedOrganization-4">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:addr" mode="representedOrganization-4">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="representedOrganization-4"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:name" mode="representedOrganization-4"/>
  <xsl:template match="*" mode="representedOrganization-4" name="representedOrganization-4">
    <xsl:if test="not(self::h:id and (@root='1.2.250.1.71.4.2.2') or self::h:name or self::h:standardIndustryClassCode or self::h:telecom or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine)) and not(@xsi:nil='true')">
      <f id="SM-LEGALAUTH-26" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:addr" mode="assignedEntity-3">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="assignedEntity-3"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="assignedEntity-3" name="assignedEntity-3">
    <xsl:if test="not(self::h:id and (not(@nullFlavor) or f:lacks(.., &quot;h:id[not(@nullFlavor)]&quot;)) or self::h:code or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:telecom or self::h:assignedPerson or self::h:representedOrganization) and not(@xsi:nil='true')">
      <f id="SM-LEGALAUTH-27" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="legalAuthenticator-1" name="legalAuthenticator-1">
    <xsl:if test="not(self::h:time or self::h:signatureCode and (@code='S' or f:lacks(.., &quot;h:signatureCode[@code='S']&quot;)) or self::h:assignedEntity) and not(@xsi:nil='true')">
      <f id="SM-LEGALAUTH-28" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:authenticator" mode="ClinicalDocument-1">
    <xsl:if test="h:signatureCode/@code='S'">
      <xsl:if test="not((not(h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (not(h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (count(h:time) = 1) and (count(h:signatureCode[@code='S']) = 1) and (count(h:assignedEntity[h:id/@root='1.2.250.1.71.4.2.1']) = 1))">
        <xsl:if test="not(not(h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
          <f id="SM-AUTHENT-02" role="error" about="assignedEntity/assignedPerson/name/prefix" set="J245" at="{f:place(.)}" on="{f:place((h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
          <f id="SM-AUTHENT-03" role="error" about="assignedEntity/assignedPerson/name/suffix" set="J246" at="{f:place(.)}" on="{f:place((h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
        </xsl:if>
        <xsl:if test="not(count(h:time) = 1)">
          <f id="SM-AUTHENT-05" role="error" about="time" at="{f:place(.)}" on="{f:place((. | h:time[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:time)}"/>
        </xsl:if>
        <xsl:if test="not(count(h:signatureCode[@code='S']) = 1)">
          <f id="SM-AUTHENT-06" role="error" about="signatureCode" at="{f:place(.)}" on="{f:place((. | h:signatureCode[@code='S'][position() &gt; 1] | self::*[not(h:signatureCode[@code='S'])]/h:signatureCode)[last()])}" name="{local-name()}" found="{count(h:signatureCode[@code='S'])}"/>
        </xsl:if>
        <xsl:if test="not(count(h:assignedEntity[h:id/@root='1.2.250.1.71.4.2.1']) = 1)">
          <f id="SM-AUTHENT-08" role="error" about="assignedEntity" at="{f:place(.)}" on="{f:place((. | h:assignedEntity[h:id/@root='1.2.250.1.71.4.2.1'][position() &gt; 1] | self::*[not(h:assignedEntity[h:id/@root='1.2.250.1.71.4.2.1'])]/h:assignedEntity)[last()])}" name="{local-name()}" found="{count(h:assignedEntity[h:id/@root='1.2.250.1.71.4.2.1'])}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="authenticator-1"/>
    </xsl:if>
    <xsl:if test="not((h:signatureCode/@code='S'))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:templateId" mode="authenticator-1">
    <xsl:call-template name="typed-II.uid"/>
  </xsl:template>
  <xsl:template match="h:time" mode="authenticator-1">
    <xsl:call-template name="typed-TS.req"/>
  </xsl:template>
  <xsl:template match="h:signatureCode" mode="authenticator-1">
    <xsl:if test="@code='S'">
      <xsl:call-template name="typed-CS"/>
    </xsl:if>
    <xsl:if test="not((@code='S'))">
      <xsl:call-template name="authenticator-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:assignedEntity" mode="authenticator-1">
    <xsl:if test="h:id/@root='1.2.250.1.71.4.2.1'">
      <xsl:if test="not((count(h:id[@root='1.2.250.1.71.4.2.1']) = 1) and (not(h:code[2])) and (not(h:assignedPerson[2])) and (not(h:representedOrganization[2])))">
        <xsl:if test="not(count(h:id[@root='1.2.250.1.71.4.2.1']) = 1)">
          <f id="SM-AUTHENT-09" role="error" about="id" at="{f:place(.)}" on="{f:place((. | h:id[@root='1.2.250.1.71.4.2.1'][position() &gt; 1] | self::*[not(h:id[@root='1.2.250.1.71.4.2.1'])]/h:id)[last()])}" name="{local-name()}" found="{count(h:id[@root='1.2.250.1.71.4.2.1'])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:code[2]))">
          <f id="SM-AUTHENT-10" role="error" about="code" at="{f:place(.)}" on="{f:place((. | h:code[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:code)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:assignedPerson[2]))">
          <f id="SM-AUTHENT-14" role="error" about="assignedPerson" at="{f:place(.)}" on="{f:place((. | h:assignedPerson[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:assignedPerson)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:representedOrganization[2]))">
          <f id="SM-AUTHENT-18" role="error" about="representedOrganization" at="{f:place(.)}" on="{f:place((. | h:representedOrganization[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:representedOrganization)}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="assignedEntity-4"/>
    </xsl:if>
    <xsl:if test="not((h:id/@root='1.2.250.1.71.4.2.1'))">
      <xsl:call-template name="authenticator-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:id" mode="assignedEntity-4">
    <xsl:if test="@root='1.2.250.1.71.4.2.1'">
      <xsl:call-template name="typed-II.pro"/>
    </xsl:if>
    <xsl:if test="not((@root='1.2.250.1.71.4.2.1'))">
      <xsl:call-template name="assignedEntity-4"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:code" mode="assignedEntity-4">
    <xsl:call-template name="typed-CD.fmt"/>
  </xsl:template>
  <xsl:template match="h:telecom" mode="assignedEntity-4">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:assignedPerson" mode="assignedEntity-4">
    <xsl:if test="not(count(h:name[h:family]) = 1)">
      <f id="SM-AUTHENT-15" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[h:family][position() &gt; 1] | self::*[not(h:name[h:family])]/h:name)[last()])}" name="{local-name()}" found="{count(h:name[h:family])}"/>
    </xsl:if>
    <xsl:apply-templates select="*" mode="assignedPerson-5"/>
  </xsl:template>
  <xsl:template match="h:name" mode="assignedPerson-5">
    <xsl:if test="h:family">
      <xsl:call-template name="typed-PN.pro"/>
      <xsl:apply-templates select="*" mode="name-9"/>
    </xsl:if>
    <xsl:if test="not((h:family))">
      <xsl:call-template name="assignedPerson-5"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:family | h:given | h:prefix | h:suffix" mode="name-9"/>
  <xsl:template match="*" mode="name-9" name="name-9">
    <xsl:if test="not(self::h:family or self::h:given or self::h:prefix or self::h:suffix) and not(@xsi:nil='true')">
      <f id="SM-AUTHENT-16" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="assignedPerson-5" name="assignedPerson-5">
    <xsl:if test="not(self::h:name and (h:family or f:lacks(.., &quot;h:name[h:family]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-AUTHENT-17" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:representedOrganization" mode="assignedEntity-4">
    <xsl:if test="not((not(h:name[2])) and (not(h:standardIndustryClassCode[f:pair('2025-02', 'J04', string(@code), string(@codeSystem))][2])))">
      <xsl:if test="not(not(h:name[2]))">
        <f id="SM-AUTHENT-20" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:name)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:standardIndustryClassCode[f:pair('2025-02', 'J04', string(@code), string(@codeSystem))][2]))">
        <f id="SM-AUTHENT-24" role="error" about="standardIndustryClassCode" at="{f:place(.)}" on="{f:place((. | h:standardIndustryClassCode[f:pair('2025-02', 'J04', string(@code), string(@codeSystem))][position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:standardIndustryClassCode[f:pair('2025-02', 'J04', string(@code), string(@codeSystem))])}"/>
      </xsl:if>
    </xsl:if>
    <xsl:apply-templates select="*" mode="representedOrganization-5"/>
  </xsl:template>
  <xsl:template match="h:id" mode="representedOrganization-5">
    <xsl:if test="@root='1.2.250.1.71.4.2.2'">
      <xsl:call-template name="typed-II.org"/>
    </xsl:if>
    <xsl:if test="not((@root='1.2.250.1.71.4.2.2'))">
      <xsl:call-template name="representedOrganization-5"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:name" mode="representedOrganization-5">
    <xsl:call-template name="typed-ON"/>
  </xsl:template>
  <xsl:template match="h:telecom" mode="representedOrganization-5">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:standardIndustryClassCode" mode="representedOrganization-5">
    <xsl:if test="f:pair('2025-02', 'J04', string(@code), string(@codeSystem))">
      <xsl:call-template name="typed-CE.full"/>
    </xsl:if>
    <xsl:if test="not((f:pair('2025-02', 'J04', string(@code), string(@codeSystem))))">
      <xsl:call-template name="representedOrganization-5"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:addr" mode="representedOrganization-5">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="representedOrganization-5"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="representedOrganization-5" name="representedOrganization-5">
    <xsl:if test="not(self::h:id and (@root='1.2.250.1.71.4.2.2') or self::h:name or self::h:telecom or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:standardIndustryClassCode and (f:pair('2025-02', 'J04', string(@code), string(@codeSystem)))) and not(@xsi:nil='true')">
      <f id="SM-AUTHENT-27" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:addr" mode="assignedEntity-4">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="assignedEntity-4"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="assignedEntity-4" name="assignedEntity-4">
    <xsl:if test="not(self::h:id and (@root='1.2.250.1.71.4.2.1' or f:lacks(.., &quot;h:id[@root='1.2.250.1.71.4.2.1']&quot;)) or self::h:code or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:telecom or self::h:assignedPerson or self::h:representedOrganization) and not(@xsi:nil='true')">
      <f id="SM-AUTHENT-28" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="authenticator-1" name="authenticator-1">
    <xsl:if test="not(self::h:templateId or self::h:time or self::h:signatureCode and (@code='S' or f:lacks(.., &quot;h:signatureCode[@code='S']&quot;)) or self::h:assignedEntity and (h:id/@root='1.2.250.1.71.4.2.1' or f:lacks(.., &quot;h:assignedEntity[h:id/@root='1.2.250.1.71.4.2.1']&quot;))) and not(@xsi:nil='true')">
      <f id="SM-AUTHENT-29" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:participant" mode="ClinicalDocument-1">
    <xsl:if test="@typeCode and h:associatedEntity/@classCode">
      <xsl:if test="not((not(@typeCode) or @typeCode[(contains(' CON INF PRF REF REFB RESP VRF ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('CON INF PRF REF REFB RESP VRF', string(.))]) and (not(h:associatedEntity/h:associatedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (not(h:associatedEntity/h:associatedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (not(h:templateId[2])) and (not(h:functionCode[2])) and (count(h:time) = 1) and (count(h:associatedEntity[@classCode]) = 1))">
        <xsl:if test="not(not(@typeCode) or @typeCode[(contains(' CON INF PRF REF REFB RESP VRF ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('CON INF PRF REF REFB RESP VRF', string(.))])">
          <f id="SM-PARTICIPANT-03" role="error" about="@typeCode" set="J144" at="{f:place(.)}" name="{local-name()}" found="{f:show(@typeCode)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:associatedEntity/h:associatedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
          <f id="SM-PARTICIPANT-04" role="error" about="associatedEntity/associatedPerson/name/prefix" set="J245" at="{f:place(.)}" on="{f:place((h:associatedEntity/h:associatedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:associatedEntity/h:associatedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:associatedEntity/h:associatedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
          <f id="SM-PARTICIPANT-05" role="error" about="associatedEntity/associatedPerson/name/suffix" set="J246" at="{f:place(.)}" on="{f:place((h:associatedEntity/h:associatedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:associatedEntity/h:associatedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:templateId[2]))">
          <f id="SM-PARTICIPANT-06" role="error" about="templateId" at="{f:place(.)}" on="{f:place((. | h:templateId[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:templateId)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:functionCode[2]))">
          <f id="SM-PARTICIPANT-07" role="error" about="functionCode" at="{f:place(.)}" on="{f:place((. | h:functionCode[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:functionCode)}"/>
        </xsl:if>
        <xsl:if test="not(count(h:time) = 1)">
          <f id="SM-PARTICIPANT-15" role="error" about="time" at="{f:place(.)}" on="{f:place((. | h:time[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:time)}"/>
        </xsl:if>
        <xsl:if test="not(count(h:associatedEntity[@classCode]) = 1)">
          <f id="SM-PARTICIPANT-19" role="error" about="associatedEntity" at="{f:place(.)}" on="{f:place((. | h:associatedEntity[@classCode][position() &gt; 1] | self::*[not(h:associatedEntity[@classCode])]/h:associatedEntity)[last()])}" name="{local-name()}" found="{count(h:associatedEntity[@classCode])}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="participant-1"/>
    </xsl:if>
    <xsl:if test="not((@typeCode and h:associatedEntity/@classCode))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:templateId" mode="participant-1">
    <xsl:call-template name="typed-II.fmt"/>
  </xsl:template>
  <xsl:template match="h:functionCode" mode="participant-1">
    <xsl:if test="not((not(@code) or @code[(contains(' 330 353 ADMPHYS ATTPHYS CORRE DISPHYS ES-PREF ES-REF PCP PRELV ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('330 353 ADMPHYS ATTPHYS CORRE DISPHYS ES-PREF ES-REF PCP PRELV', string(.))]) and (not(@displayName) or (@displayName!='')) and (not(@codeSystem) or (@codeSystem[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))])) and (not(@codeSystemName) or (@codeSystemName!='')) and (not(h:originalText[2])))">
      <xsl:if test="not(not(@code) or @code[(contains(' 330 353 ADMPHYS ATTPHYS CORRE DISPHYS ES-PREF ES-REF PCP PRELV ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('330 353 ADMPHYS ATTPHYS CORRE DISPHYS ES-PREF ES-REF PCP PRELV', string(.))])">
        <f id="SM-PARTICIPANT-08" role="error" about="@code" set="J47" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
      </xsl:if>
      <xsl:if test="not(not(@displayName) or (@displayName!=''))">
        <f id="SM-PARTICIPANT-09" role="error" about="@displayName" at="{f:place(.)}" name="{local-name()}" found="{f:show(@displayName)}"/>
      </xsl:if>
      <xsl:if test="not(not(@codeSystem) or (@codeSystem[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))]))">
        <f id="SM-PARTICIPANT-10" role="error" about="@codeSystem" at="{f:place(.)}" name="{local-name()}" found="{f:show(@codeSystem)}"/>
      </xsl:if>
      <xsl:if test="not(not(@codeSystemName) or (@codeSystemName!=''))">
        <f id="SM-PARTICIPANT-11" role="error" about="@codeSystemName" at="{f:place(.)}" name="{local-name()}" found="{f:show(@codeSystemName)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:originalText[2]))">
        <f id="SM-PARTICIPANT-12" role="error" about="originalText" at="{f:place(.)}" on="{f:place((. | h:originalText[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:originalText)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="typed-CE"/>
    <xsl:apply-templates select="*" mode="functionCode-2"/>
  </xsl:template>
  <xsl:template match="h:originalText" mode="functionCode-2">
    <xsl:call-template name="typed-ED"/>
  </xsl:template>
  <xsl:template match="h:translation" mode="functionCode-2">
    <xsl:call-template name="typed-CD"/>
  </xsl:template>
  <xsl:template match="*" mode="functionCode-2" name="functionCode-2">
    <xsl:if test="not(self::h:originalText or self::h:translation) and not(@xsi:nil='true')">
      <f id="SM-PARTICIPANT-14" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:time" mode="participant-1">
    <xsl:if test="not((not(h:low[2])) and (not(h:high[2])))">
      <xsl:if test="not(not(h:low[2]))">
        <f id="SM-PARTICIPANT-16" role="error" about="low" at="{f:place(.)}" on="{f:place((. | h:low[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:low)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:high[2]))">
        <f id="SM-PARTICIPANT-17" role="error" about="high" at="{f:place(.)}" on="{f:place((. | h:high[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:high)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="typed-IVL_TS"/>
    <xsl:apply-templates select="*" mode="time-1"/>
  </xsl:template>
  <xsl:template match="h:low" mode="time-1">
    <xsl:call-template name="typed-IVXB.req"/>
  </xsl:template>
  <xsl:template match="h:high" mode="time-1">
    <xsl:call-template name="typed-IVXB.req"/>
  </xsl:template>
  <xsl:template match="*" mode="time-1" name="time-1">
    <xsl:if test="not(self::h:low or self::h:high) and not(@xsi:nil='true')">
      <f id="SM-PARTICIPANT-18" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:associatedEntity" mode="participant-1">
    <xsl:if test="@classCode">
      <xsl:if test="not((not(@classCode) or @classCode[(contains(' AGNT PROV ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('AGNT PROV', string(.))]) and (not(h:id[2])) and (not(h:code[2])) and (not(h:associatedPerson[h:name][2])) and (not(h:scopingOrganization[2])))">
        <xsl:if test="not(not(@classCode) or @classCode[(contains(' AGNT PROV ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('AGNT PROV', string(.))])">
          <f id="SM-PARTICIPANT-21" role="error" about="@classCode" set="J141" at="{f:place(.)}" name="{local-name()}" found="{f:show(@classCode)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:id[2]))">
          <f id="SM-PARTICIPANT-23" role="error" about="id" at="{f:place(.)}" on="{f:place((. | h:id[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:id)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:code[2]))">
          <f id="SM-PARTICIPANT-24" role="error" about="code" at="{f:place(.)}" on="{f:place((. | h:code[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:code)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:associatedPerson[h:name][2]))">
          <f id="SM-PARTICIPANT-30" role="error" about="associatedPerson" at="{f:place(.)}" on="{f:place((. | h:associatedPerson[h:name][position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:associatedPerson[h:name])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:scopingOrganization[2]))">
          <f id="SM-PARTICIPANT-38" role="error" about="scopingOrganization" at="{f:place(.)}" on="{f:place((. | h:scopingOrganization[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:scopingOrganization)}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="associatedEntity-1"/>
    </xsl:if>
    <xsl:if test="not((@classCode))">
      <xsl:call-template name="participant-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:id" mode="associatedEntity-1">
    <xsl:call-template name="typed-II.full"/>
  </xsl:template>
  <xsl:template match="h:code" mode="associatedEntity-1">
    <xsl:if test="not((not(@code) or @code[f:members('2025-02', 'J01', string(.))]) and (not(@codeSystemName) or (@codeSystemName!='')))">
      <xsl:if test="not(not(@code) or @code[f:members('2025-02', 'J01', string(.))])">
        <f id="SM-PARTICIPANT-25" role="error" about="@code" set="J01" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
      </xsl:if>
      <xsl:if test="not(not(@codeSystemName) or (@codeSystemName!=''))">
        <f id="SM-PARTICIPANT-26" role="error" about="@codeSystemName" at="{f:place(.)}" name="{local-name()}" found="{f:show(@codeSystemName)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="typed-CE.full"/>
  </xsl:template>
  <xsl:template match="h:telecom" mode="associatedEntity-1">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:associatedPerson" mode="associatedEntity-1">
    <xsl:if test="h:name">
      <xsl:if test="not(count(h:name[h:family]) = 1)">
        <f id="SM-PARTICIPANT-31" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[h:family][position() &gt; 1] | self::*[not(h:name[h:family])]/h:name)[last()])}" name="{local-name()}" found="{count(h:name[h:family])}"/>
      </xsl:if>
      <xsl:apply-templates select="*" mode="associatedPerson-1"/>
    </xsl:if>
    <xsl:if test="not((h:name))">
      <xsl:call-template name="associatedEntity-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:name" mode="associatedPerson-1">
    <xsl:if test="h:family">
      <xsl:if test="not((count(h:family) = 1) and (not(h:given[2])) and (not(h:prefix[2])) and (not(h:suffix[2])))">
        <xsl:if test="not(count(h:family) = 1)">
          <f id="SM-PARTICIPANT-32" role="error" about="family" at="{f:place(.)}" on="{f:place((. | h:family[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:family)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:given[2]))">
          <f id="SM-PARTICIPANT-33" role="error" about="given" at="{f:place(.)}" on="{f:place((. | h:given[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:given)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:prefix[2]))">
          <f id="SM-PARTICIPANT-34" role="error" about="prefix" at="{f:place(.)}" on="{f:place((. | h:prefix[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:prefix)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:suffix[2]))">
          <f id="SM-PARTICIPANT-35" role="error" about="suffix" at="{f:place(.)}" on="{f:place((. | h:suffix[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:suffix)}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="name-10"/>
    </xsl:if>
    <xsl:if test="not((h:family))">
      <xsl:call-template name="associatedPerson-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:family | h:given | h:prefix | h:suffix" mode="name-10"/>
  <xsl:template match="*" mode="name-10" name="name-10">
    <xsl:if test="not(self::h:family or self::h:given or self::h:prefix or self::h:suffix) and not(@xsi:nil='true')">
      <f id="SM-PARTICIPANT-36" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="associatedPerson-1" name="associatedPerson-1">
    <xsl:if test="not(self::h:name and (h:family or f:lacks(.., &quot;h:name[h:family]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-PARTICIPANT-37" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:scopingOrganization" mode="associatedEntity-1">
    <xsl:if test="not((not(h:id[2])) and (not(h:name[2])) and (not(h:standardIndustryClassCode[2])))">
      <xsl:if test="not(not(h:id[2]))">
        <f id="SM-PARTICIPANT-39" role="error" about="id" at="{f:place(.)}" on="{f:place((. | h:id[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:id)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:name[2]))">
        <f id="SM-PARTICIPANT-40" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:name)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:standardIndustryClassCode[2]))">
        <f id="SM-PARTICIPANT-44" role="error" about="standardIndustryClassCode" at="{f:place(.)}" on="{f:place((. | h:standardIndustryClassCode[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:standardIndustryClassCode)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="typed-ANY"/>
    <xsl:apply-templates select="*" mode="scopingOrganization-1"/>
  </xsl:template>
  <xsl:template match="h:id" mode="scopingOrganization-1">
    <xsl:call-template name="typed-II.uid"/>
  </xsl:template>
  <xsl:template match="h:name" mode="scopingOrganization-1">
    <xsl:call-template name="typed-ANY"/>
  </xsl:template>
  <xsl:template match="h:telecom" mode="scopingOrganization-1">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:standardIndustryClassCode" mode="scopingOrganization-1">
    <xsl:call-template name="typed-CD"/>
  </xsl:template>
  <xsl:template match="h:addr" mode="scopingOrganization-1">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="scopingOrganization-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="scopingOrganization-1" name="scopingOrganization-1">
    <xsl:if test="not(self::h:id or self::h:name or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:telecom or self::h:standardIndustryClassCode) and not(@xsi:nil='true')">
      <f id="SM-PARTICIPANT-45" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:addr" mode="associatedEntity-1">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="associatedEntity-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="associatedEntity-1" name="associatedEntity-1">
    <xsl:if test="not(self::h:id or self::h:code or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:telecom or self::h:associatedPerson and (h:name) or self::h:scopingOrganization) and not(@xsi:nil='true')">
      <f id="SM-PARTICIPANT-46" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="participant-1" name="participant-1">
    <xsl:if test="not(self::h:templateId or self::h:functionCode or self::h:time or self::h:associatedEntity and (@classCode or f:lacks(.., &quot;h:associatedEntity[@classCode]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-PARTICIPANT-47" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:inFulfillmentOf" mode="ClinicalDocument-1">
    <xsl:if test="h:order">
      <xsl:if test="not(count(h:order) = 1)">
        <f id="SM-ORDER-02" role="error" about="order" at="{f:place(.)}" on="{f:place((. | h:order[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:order)}"/>
      </xsl:if>
      <xsl:apply-templates select="*" mode="inFulfillmentOf-1"/>
    </xsl:if>
    <xsl:if test="not((h:order))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:order" mode="inFulfillmentOf-1">
    <xsl:if test="not((count(h:id) = 1) and (not(h:code[2])) and (not(dcm:accessionNumber[2])))">
      <xsl:if test="not(count(h:id) = 1)">
        <f id="SM-ORDER-03" role="error" about="id" at="{f:place(.)}" on="{f:place((. | h:id[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:id)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:code[2]))">
        <f id="SM-ORDER-04" role="error" about="code" at="{f:place(.)}" on="{f:place((. | h:code[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:code)}"/>
      </xsl:if>
      <xsl:if test="not(not(dcm:accessionNumber[2]))">
        <f id="SM-ORDER-07" role="error" about="accessionNumber" at="{f:place(.)}" on="{f:place((. | dcm:accessionNumber[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(dcm:accessionNumber)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:apply-templates select="*" mode="order-1"/>
  </xsl:template>
  <xsl:template match="h:id" mode="order-1">
    <xsl:call-template name="typed-II.fmt"/>
  </xsl:template>
  <xsl:template match="h:code" mode="order-1">
    <xsl:if test="not(not(h:originalText[2]))">
      <f id="SM-ORDER-05" role="error" about="originalText" at="{f:place(.)}" on="{f:place((. | h:originalText[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:originalText)}"/>
    </xsl:if>
    <xsl:call-template name="typed-CE"/>
    <xsl:apply-templates select="*" mode="code-2"/>
  </xsl:template>
  <xsl:template match="h:originalText" mode="code-2">
    <xsl:call-template name="typed-ED"/>
  </xsl:template>
  <xsl:template match="*" mode="code-2" name="code-2">
    <xsl:if test="not(self::h:originalText) and not(@xsi:nil='true')">
      <f id="SM-ORDER-06" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="dcm:accessionNumber" mode="order-1">
    <xsl:call-template name="typed-II.fmt"/>
  </xsl:template>
  <xsl:template match="*" mode="order-1" name="order-1">
    <xsl:if test="not(self::h:id or self::h:code or self::dcm:accessionNumber) and not(@xsi:nil='true')">
      <f id="SM-ORDER-08" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="inFulfillmentOf-1" name="inFulfillmentOf-1">
    <xsl:if test="not(self::h:order) and not(@xsi:nil='true')">
      <f id="SM-ORDER-09" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:documentationOf" mode="ClinicalDocument-1">
    <xsl:if test="not(@nullFlavor) and h:serviceEvent">
      <xsl:if test="not((../h:documentationOf[1]/h:serviceEvent[h:performer]/h:effectiveTime or not(f:lacks(.., 'h:documentationOf/h:serviceEvent[h:performer]/h:effectiveTime'))) and (not(h:serviceEvent/h:performer/h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (not(h:serviceEvent/h:performer/h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (count(h:serviceEvent[not(@nullFlavor)]) = 1))">
        <xsl:if test="not(../h:documentationOf[1]/h:serviceEvent[h:performer]/h:effectiveTime or not(f:lacks(.., 'h:documentationOf/h:serviceEvent[h:performer]/h:effectiveTime')))">
          <f id="SM-ACT-03" role="error" about="serviceEvent" unless="SM-DOC-04 SM-DOC-05" once="yes" at="{f:place(.)}" name="{local-name()}"/>
        </xsl:if>
        <xsl:if test="not(not(h:serviceEvent/h:performer/h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
          <f id="SM-ACT-04" role="error" about="serviceEvent/performer/assignedEntity/assignedPerson/name/prefix" set="J245" at="{f:place(.)}" on="{f:place((h:serviceEvent/h:performer/h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:serviceEvent/h:performer/h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:serviceEvent/h:performer/h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
          <f id="SM-ACT-05" role="error" about="serviceEvent/performer/assignedEntity/assignedPerson/name/suffix" set="J246" at="{f:place(.)}" on="{f:place((h:serviceEvent/h:performer/h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:serviceEvent/h:performer/h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
        </xsl:if>
        <xsl:if test="not(count(h:serviceEvent[not(@nullFlavor)]) = 1)">
          <f id="SM-ACT-06" role="error" about="serviceEvent" at="{f:place(.)}" on="{f:place((. | h:serviceEvent[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:serviceEvent[not(@nullFlavor)])]/h:serviceEvent)[last()])}" name="{local-name()}" found="{count(h:serviceEvent[not(@nullFlavor)])}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="documentationOf-1"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor) and h:serviceEvent))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:serviceEvent" mode="documentationOf-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:if test="not((not(h:code[2])) and (not(lab:statusCode[2])) and (not(h:effectiveTime[2])) and (not(h:performer[@typeCode='PRF' and h:assignedEntity][2])))">
        <xsl:if test="not(not(h:code[2]))">
          <f id="SM-ACT-08" role="error" about="code" at="{f:place(.)}" on="{f:place((. | h:code[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:code)}"/>
        </xsl:if>
        <xsl:if test="not(not(lab:statusCode[2]))">
          <f id="SM-ACT-24" role="error" about="statusCode" at="{f:place(.)}" on="{f:place((. | lab:statusCode[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(lab:statusCode)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:effectiveTime[2]))">
          <f id="SM-ACT-26" role="error" about="effectiveTime" at="{f:place(.)}" on="{f:place((. | h:effectiveTime[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:effectiveTime)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:performer[@typeCode='PRF' and h:assignedEntity][2]))">
          <f id="SM-ACT-30" role="error" about="performer" at="{f:place(.)}" on="{f:place((. | h:performer[@typeCode='PRF' and h:assignedEntity][position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:performer[@typeCode='PRF' and h:assignedEntity])}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="serviceEvent-1"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="documentationOf-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:id" mode="serviceEvent-1">
    <xsl:call-template name="typed-II"/>
  </xsl:template>
  <xsl:template match="h:code" mode="serviceEvent-1">
    <xsl:if test="not((not(@displayName) or (@displayName!='')) and (not(@codeSystem) or (@codeSystem[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))])) and (not(@code) or (@code!='' and translate(@code, ' &#9;&#10;&#13;', '')=@code)) and ((@code and @codeSystem and not(@nullFlavor)) or (@nullFlavor and not(@code) and not(@codeSystem))) and (not(h:originalText[2])))">
      <xsl:if test="not(not(@displayName) or (@displayName!=''))">
        <f id="SM-ACT-09" role="error" about="@displayName" at="{f:place(.)}" name="{local-name()}" found="{f:show(@displayName)}"/>
      </xsl:if>
      <xsl:if test="not(not(@codeSystem) or (@codeSystem[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))]))">
        <f id="SM-ACT-10" role="error" about="@codeSystem" at="{f:place(.)}" name="{local-name()}" found="{f:show(@codeSystem)}"/>
      </xsl:if>
      <xsl:if test="not(not(@code) or (@code!='' and translate(@code, ' &#9;&#10;&#13;', '')=@code))">
        <f id="SM-ACT-11" role="error" about="@code" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
      </xsl:if>
      <xsl:if test="not((@code and @codeSystem and not(@nullFlavor)) or (@nullFlavor and not(@code) and not(@codeSystem)))">
        <f id="SM-ACT-12" role="error" about="@code" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}" found_2="{f:show(@codeSystem)}" found_3="{f:show(@nullFlavor)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:originalText[2]))">
        <f id="SM-ACT-22" role="error" about="originalText" at="{f:place(.)}" on="{f:place((. | h:originalText[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:originalText)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="typed-CE"/>
    <xsl:apply-templates select="*" mode="code-3"/>
  </xsl:template>
  <xsl:template match="h:translation" mode="code-3">
    <xsl:if test="not(not(h:qualifier[2]))">
      <f id="SM-ACT-14" role="error" about="qualifier" at="{f:place(.)}" on="{f:place((. | h:qualifier[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:qualifier)}"/>
    </xsl:if>
    <xsl:call-template name="typed-CD"/>
    <xsl:apply-templates select="*" mode="translation-1"/>
  </xsl:template>
  <xsl:template match="h:qualifier" mode="translation-1">
    <xsl:if test="not(count(h:name) = 1)">
      <f id="SM-ACT-15" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:name)}"/>
    </xsl:if>
    <xsl:call-template name="typed-CR"/>
    <xsl:apply-templates select="*" mode="qualifier-1"/>
  </xsl:template>
  <xsl:template match="h:name" mode="qualifier-1">
    <xsl:if test="not((not(@codeSystemName) or (@codeSystemName!='')) and (not(@codeSystem) or (@codeSystem[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))])) and (not(@displayName) or (@displayName!='')) and (not(@code) or (@code!='' and translate(@code, ' &#9;&#10;&#13;', '')=@code)))">
      <xsl:if test="not(not(@codeSystemName) or (@codeSystemName!=''))">
        <f id="SM-ACT-16" role="error" about="@codeSystemName" at="{f:place(.)}" name="{local-name()}" found="{f:show(@codeSystemName)}"/>
      </xsl:if>
      <xsl:if test="not(not(@codeSystem) or (@codeSystem[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))]))">
        <f id="SM-ACT-17" role="error" about="@codeSystem" at="{f:place(.)}" name="{local-name()}" found="{f:show(@codeSystem)}"/>
      </xsl:if>
      <xsl:if test="not(not(@displayName) or (@displayName!=''))">
        <f id="SM-ACT-18" role="error" about="@displayName" at="{f:place(.)}" name="{local-name()}" found="{f:show(@displayName)}"/>
      </xsl:if>
      <xsl:if test="not(not(@code) or (@code!='' and translate(@code, ' &#9;&#10;&#13;', '')=@code))">
        <f id="SM-ACT-19" role="error" about="@code" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="typed-CV"/>
  </xsl:template>
  <xsl:template match="*" mode="qualifier-1" name="qualifier-1">
    <xsl:if test="not(self::h:name) and not(@xsi:nil='true')">
      <f id="SM-ACT-20" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="translation-1" name="translation-1">
    <xsl:if test="not(self::h:qualifier) and not(@xsi:nil='true')">
      <f id="SM-ACT-21" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:originalText" mode="code-3">
    <xsl:call-template name="typed-ED"/>
  </xsl:template>
  <xsl:template match="*" mode="code-3" name="code-3">
    <xsl:if test="not(self::h:translation or self::h:originalText) and not(@xsi:nil='true')">
      <f id="SM-ACT-23" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="lab:statusCode" mode="serviceEvent-1">
    <xsl:if test="not(not(@code) or (@code!='' and translate(@code, ' &#9;&#10;&#13;', '')=@code))">
      <f id="SM-ACT-25" role="error" about="@code" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
    </xsl:if>
    <xsl:call-template name="typed-CS"/>
  </xsl:template>
  <xsl:template match="h:effectiveTime" mode="serviceEvent-1">
    <xsl:if test="not((count(h:low) = 1) and (not(h:high[2])))">
      <xsl:if test="not(count(h:low) = 1)">
        <f id="SM-ACT-27" role="error" about="low" at="{f:place(.)}" on="{f:place((. | h:low[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:low)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:high[2]))">
        <f id="SM-ACT-28" role="error" about="high" at="{f:place(.)}" on="{f:place((. | h:high[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:high)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:apply-templates select="*" mode="effectiveTime-1"/>
  </xsl:template>
  <xsl:template match="h:low" mode="effectiveTime-1">
    <xsl:call-template name="typed-IVXB.req"/>
  </xsl:template>
  <xsl:template match="h:high" mode="effectiveTime-1">
    <xsl:call-template name="typed-IVXB.fmt"/>
  </xsl:template>
  <xsl:template match="*" mode="effectiveTime-1" name="effectiveTime-1">
    <xsl:if test="not(self::h:low or self::h:high) and not(@xsi:nil='true')">
      <f id="SM-ACT-29" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:performer" mode="serviceEvent-1">
    <xsl:if test="@typeCode='PRF' and h:assignedEntity">
      <xsl:if test="not((not(h:functionCode[2])) and (not(h:time[2])) and (count(h:assignedEntity[h:representedOrganization]) = 1))">
        <xsl:if test="not(not(h:functionCode[2]))">
          <f id="SM-ACT-33" role="error" about="functionCode" at="{f:place(.)}" on="{f:place((. | h:functionCode[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:functionCode)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:time[2]))">
          <f id="SM-ACT-34" role="error" about="time" at="{f:place(.)}" on="{f:place((. | h:time[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:time)}"/>
        </xsl:if>
        <xsl:if test="not(count(h:assignedEntity[h:representedOrganization]) = 1)">
          <f id="SM-ACT-35" role="error" about="assignedEntity" at="{f:place(.)}" on="{f:place((. | h:assignedEntity[h:representedOrganization][position() &gt; 1] | self::*[not(h:assignedEntity[h:representedOrganization])]/h:assignedEntity)[last()])}" name="{local-name()}" found="{count(h:assignedEntity[h:representedOrganization])}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="performer-1"/>
    </xsl:if>
    <xsl:if test="not((@typeCode='PRF' and h:assignedEntity))">
      <xsl:call-template name="serviceEvent-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:templateId" mode="performer-1">
    <xsl:call-template name="typed-II.fmt"/>
  </xsl:template>
  <xsl:template match="h:functionCode" mode="performer-1">
    <xsl:call-template name="typed-CE"/>
  </xsl:template>
  <xsl:template match="h:time" mode="performer-1">
    <xsl:call-template name="typed-IVL_TS"/>
  </xsl:template>
  <xsl:template match="h:assignedEntity" mode="performer-1">
    <xsl:if test="h:representedOrganization">
      <xsl:if test="not((count(h:id) = 1) and (not(h:code[2])) and (not(h:assignedPerson[2])) and (count(h:representedOrganization) = 1))">
        <xsl:if test="not(count(h:id) = 1)">
          <f id="SM-ACT-36" role="error" about="id" at="{f:place(.)}" on="{f:place((. | h:id[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:id)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:code[2]))">
          <f id="SM-ACT-37" role="error" about="code" at="{f:place(.)}" on="{f:place((. | h:code[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:code)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:assignedPerson[2]))">
          <f id="SM-ACT-42" role="error" about="assignedPerson" at="{f:place(.)}" on="{f:place((. | h:assignedPerson[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:assignedPerson)}"/>
        </xsl:if>
        <xsl:if test="not(count(h:representedOrganization) = 1)">
          <f id="SM-ACT-46" role="error" about="representedOrganization" at="{f:place(.)}" on="{f:place((. | h:representedOrganization[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:representedOrganization)}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="assignedEntity-5"/>
    </xsl:if>
    <xsl:if test="not((h:representedOrganization))">
      <xsl:call-template name="performer-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:id" mode="assignedEntity-5">
    <xsl:call-template name="typed-II"/>
  </xsl:template>
  <xsl:template match="h:code" mode="assignedEntity-5">
    <xsl:if test="not(not(@code) or @code[f:members('2025-02', 'J01', string(.))])">
      <f id="SM-ACT-38" role="error" about="@code" set="J01" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
    </xsl:if>
    <xsl:call-template name="typed-CD"/>
  </xsl:template>
  <xsl:template match="h:telecom" mode="assignedEntity-5">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:assignedPerson" mode="assignedEntity-5">
    <xsl:apply-templates select="*" mode="assignedPerson-6"/>
  </xsl:template>
  <xsl:template match="h:name" mode="assignedPerson-6">
    <xsl:if test="h:family">
      <xsl:call-template name="typed-PN.pro"/>
      <xsl:apply-templates select="*" mode="name-11"/>
    </xsl:if>
    <xsl:if test="not((h:family))">
      <xsl:call-template name="assignedPerson-6"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:family | h:given | h:prefix | h:suffix" mode="name-11"/>
  <xsl:template match="*" mode="name-11" name="name-11">
    <xsl:if test="not(self::h:family or self::h:given or self::h:prefix or self::h:suffix) and not(@xsi:nil='true')">
      <f id="SM-ACT-44" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="assignedPerson-6" name="assignedPerson-6">
    <xsl:if test="not(self::h:name and (h:family)) and not(@xsi:nil='true')">
      <f id="SM-ACT-45" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:representedOrganization" mode="assignedEntity-5">
    <xsl:if test="not((not(h:name[2])) and (count(h:standardIndustryClassCode[not(@nullFlavor)]) = 1) and (not(h:asOrganizationPartOf[2])))">
      <xsl:if test="not(not(h:name[2]))">
        <f id="SM-ACT-49" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:name)}"/>
      </xsl:if>
      <xsl:if test="not(count(h:standardIndustryClassCode[not(@nullFlavor)]) = 1)">
        <f id="SM-ACT-53" role="error" about="standardIndustryClassCode" at="{f:place(.)}" on="{f:place((. | h:standardIndustryClassCode[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:standardIndustryClassCode[not(@nullFlavor)])]/h:standardIndustryClassCode)[last()])}" name="{local-name()}" found="{count(h:standardIndustryClassCode[not(@nullFlavor)])}"/>
      </xsl:if>
      <xsl:if test="not(not(h:asOrganizationPartOf[2]))">
        <f id="SM-ACT-55" role="error" about="asOrganizationPartOf" at="{f:place(.)}" on="{f:place((. | h:asOrganizationPartOf[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:asOrganizationPartOf)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:apply-templates select="*" mode="representedOrganization-6"/>
  </xsl:template>
  <xsl:template match="h:id" mode="representedOrganization-6">
    <xsl:if test="@root='1.2.250.1.71.4.2.2'">
      <xsl:call-template name="typed-II.org"/>
    </xsl:if>
    <xsl:if test="not(@root='1.2.250.1.71.4.2.2')">
      <xsl:call-template name="typed-II.fmt"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:name" mode="representedOrganization-6">
    <xsl:call-template name="typed-ON"/>
  </xsl:template>
  <xsl:template match="h:telecom" mode="representedOrganization-6">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:standardIndustryClassCode" mode="representedOrganization-6">
    <xsl:if test="not(@nullFlavor)">
      <xsl:if test="not(not(@code) or @code[(contains(' AMBULATOIRE AMO DEPISTAGE ESSMS ETABLISSEMENT EXP_PATIENT HAD MAD PALLIATIF SAD SAMU_SMUR SNR ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('AMBULATOIRE AMO DEPISTAGE ESSMS ETABLISSEMENT EXP_PATIENT HAD MAD PALLIATIF SAD SAMU_SMUR SNR', string(.))])">
        <f id="SM-ACT-54" role="error" about="@code" set="J04" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
      </xsl:if>
      <xsl:call-template name="typed-CE.full"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="representedOrganization-6"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:asOrganizationPartOf" mode="representedOrganization-6">
    <xsl:if test="not((not(h:code[2])) and (not(h:statusCode[2])) and (not(h:effectiveTime[2])))">
      <xsl:if test="not(not(h:code[2]))">
        <f id="SM-ACT-58" role="error" about="code" at="{f:place(.)}" on="{f:place((. | h:code[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:code)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:statusCode[2]))">
        <f id="SM-ACT-59" role="error" about="statusCode" at="{f:place(.)}" on="{f:place((. | h:statusCode[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:statusCode)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:effectiveTime[2]))">
        <f id="SM-ACT-60" role="error" about="effectiveTime" at="{f:place(.)}" on="{f:place((. | h:effectiveTime[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:effectiveTime)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="typed-ANY"/>
    <xsl:apply-templates select="*" mode="asOrganizationPartOf-1"/>
  </xsl:template>
  <xsl:template match="h:templateId" mode="asOrganizationPartOf-1">
    <xsl:call-template name="typed-II"/>
  </xsl:template>
  <xsl:template match="h:id" mode="asOrganizationPartOf-1">
    <xsl:call-template name="typed-II"/>
  </xsl:template>
  <xsl:template match="h:code" mode="asOrganizationPartOf-1">
    <xsl:call-template name="typed-CD"/>
  </xsl:template>
  <xsl:template match="h:statusCode" mode="asOrganizationPartOf-1">
    <xsl:call-template name="typed-CS"/>
  </xsl:template>
  <xsl:template match="h:effectiveTime" mode="asOrganizationPartOf-1"/>
  <xsl:template match="*" mode="asOrganizationPartOf-1" name="asOrganizationPartOf-1">
    <xsl:if test="not(self::h:templateId or self::h:id or self::h:code or self::h:statusCode or self::h:effectiveTime) and not(@xsi:nil='true')">
      <f id="SM-ACT-61" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:addr" mode="representedOrganization-6">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="representedOrganization-6"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="representedOrganization-6" name="representedOrganization-6">
    <xsl:if test="not(self::h:id and (@root='1.2.250.1.71.4.2.2') or self::h:id or self::h:name or self::h:telecom or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:standardIndustryClassCode and (not(@nullFlavor) or f:lacks(.., &quot;h:standardIndustryClassCode[not(@nullFlavor)]&quot;)) or self::h:asOrganizationPartOf) and not(@xsi:nil='true')">
      <f id="SM-ACT-62" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:addr" mode="assignedEntity-5">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="assignedEntity-5"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="assignedEntity-5" name="assignedEntity-5">
    <xsl:if test="not(self::h:id or self::h:code or self::h:telecom or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:assignedPerson or self::h:representedOrganization) and not(@xsi:nil='true')">
      <f id="SM-ACT-63" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="performer-1" name="performer-1">
    <xsl:if test="not(self::h:templateId or self::h:functionCode or self::h:time or self::h:assignedEntity and (h:representedOrganization or f:lacks(.., &quot;h:assignedEntity[h:representedOrganization]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-ACT-64" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="serviceEvent-1" name="serviceEvent-1">
    <xsl:if test="not(self::h:id or self::h:code or self::lab:statusCode or self::h:effectiveTime or self::h:performer and (@typeCode='PRF' and h:assignedEntity)) and not(@xsi:nil='true')">
      <f id="SM-ACT-65" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="documentationOf-1" name="documentationOf-1">
    <xsl:if test="not(self::h:serviceEvent and (not(@nullFlavor) or f:lacks(.., &quot;h:serviceEvent[not(@nullFlavor)]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-ACT-66" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:relatedDocument" mode="ClinicalDocument-1">
    <xsl:if test="@typeCode='RPLC' and h:parentDocument">
      <xsl:if test="not(count(h:parentDocument[not(@nullFlavor)]) = 1)">
        <f id="SM-RELDOC-03" role="error" about="parentDocument" at="{f:place(.)}" on="{f:place((. | h:parentDocument[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:parentDocument[not(@nullFlavor)])]/h:parentDocument)[last()])}" name="{local-name()}" found="{count(h:parentDocument[not(@nullFlavor)])}"/>
      </xsl:if>
      <xsl:apply-templates select="*" mode="relatedDocument-1"/>
    </xsl:if>
    <xsl:if test="not((@typeCode='RPLC' and h:parentDocument))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:parentDocument" mode="relatedDocument-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:if test="not((count(h:id[not(@nullFlavor)]) = 1) and (not(h:versionNumber[2])))">
        <xsl:if test="not(count(h:id[not(@nullFlavor)]) = 1)">
          <f id="SM-RELDOC-04" role="error" about="id" at="{f:place(.)}" on="{f:place((. | h:id[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:id[not(@nullFlavor)])]/h:id)[last()])}" name="{local-name()}" found="{count(h:id[not(@nullFlavor)])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:versionNumber[2]))">
          <f id="SM-RELDOC-05" role="error" about="versionNumber" at="{f:place(.)}" on="{f:place((. | h:versionNumber[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:versionNumber)}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="parentDocument-1"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="relatedDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:id" mode="parentDocument-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:call-template name="typed-II.root"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="parentDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:versionNumber" mode="parentDocument-1">
    <xsl:if test="not(not(@value) or f:integer(string(@value)))">
      <f id="SM-RELDOC-06" role="error" about="@value" at="{f:place(.)}" name="{local-name()}" found="{f:show(@value)}"/>
    </xsl:if>
    <xsl:call-template name="typed-INT"/>
  </xsl:template>
  <xsl:template match="*" mode="parentDocument-1" name="parentDocument-1">
    <xsl:if test="not(self::h:id and (not(@nullFlavor) or f:lacks(.., &quot;h:id[not(@nullFlavor)]&quot;)) or self::h:versionNumber) and not(@xsi:nil='true')">
      <f id="SM-RELDOC-08" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="relatedDocument-1" name="relatedDocument-1">
    <xsl:if test="not(self::h:parentDocument and (not(@nullFlavor) or f:lacks(.., &quot;h:parentDocument[not(@nullFlavor)]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-RELDOC-09" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:authorization" mode="ClinicalDocument-1">
    <xsl:if test="h:consent">
      <xsl:if test="not((not(@typeCode) or @typeCode='AUTH') and (count(h:consent[h:statusCode[@code='completed' or @nullFlavor]]) = 1))">
        <xsl:if test="not(not(@typeCode) or @typeCode='AUTH')">
          <f id="SM-CONSENT-02" role="error" about="@typeCode" at="{f:place(.)}" name="{local-name()}" found="{f:show(@typeCode)}"/>
        </xsl:if>
        <xsl:if test="not(count(h:consent[h:statusCode[@code='completed' or @nullFlavor]]) = 1)">
          <f id="SM-CONSENT-03" role="error" about="consent" at="{f:place(.)}" on="{f:place((. | h:consent[h:statusCode[@code='completed' or @nullFlavor]][position() &gt; 1] | self::*[not(h:consent[h:statusCode[@code='completed' or @nullFlavor]])]/h:consent)[last()])}" name="{local-name()}" found="{count(h:consent[h:statusCode[@code='completed' or @nullFlavor]])}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="authorization-1"/>
    </xsl:if>
    <xsl:if test="not((h:consent))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:consent" mode="authorization-1">
    <xsl:if test="h:statusCode[@code='completed' or @nullFlavor]">
      <xsl:if test="not((not(@classCode) or @classCode='CONS') and (not(@moodCode) or @moodCode='EVN') and (count(h:code) = 1) and (count(h:statusCode[@code='completed' or @nullFlavor]) = 1))">
        <xsl:if test="not(not(@classCode) or @classCode='CONS')">
          <f id="SM-CONSENT-04" role="error" about="@classCode" at="{f:place(.)}" name="{local-name()}" found="{f:show(@classCode)}"/>
        </xsl:if>
        <xsl:if test="not(not(@moodCode) or @moodCode='EVN')">
          <f id="SM-CONSENT-05" role="error" about="@moodCode" at="{f:place(.)}" name="{local-name()}" found="{f:show(@moodCode)}"/>
        </xsl:if>
        <xsl:if test="not(count(h:code) = 1)">
          <f id="SM-CONSENT-07" role="error" about="code" at="{f:place(.)}" on="{f:place((. | h:code[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:code)}"/>
        </xsl:if>
        <xsl:if test="not(count(h:statusCode[@code='completed' or @nullFlavor]) = 1)">
          <f id="SM-CONSENT-08" role="error" about="statusCode" at="{f:place(.)}" on="{f:place((. | h:statusCode[@code='completed' or @nullFlavor][position() &gt; 1] | self::*[not(h:statusCode[@code='completed' or @nullFlavor])]/h:statusCode)[last()])}" name="{local-name()}" found="{count(h:statusCode[@code='completed' or @nullFlavor])}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="consent-1"/>
    </xsl:if>
    <xsl:if test="not((h:statusCode[@code='completed' or @nullFlavor]))">
      <xsl:call-template name="authorization-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:id" mode="consent-1">
    <xsl:call-template name="typed-II"/>
  </xsl:template>
  <xsl:template match="h:code" mode="consent-1">
    <xsl:call-template name="typed-CE"/>
  </xsl:template>
  <xsl:template match="h:statusCode" mode="consent-1">
    <xsl:if test="@code='completed' or @nullFlavor">
      <xsl:call-template name="typed-CS"/>
    </xsl:if>
    <xsl:if test="not((@code='completed' or @nullFlavor))">
      <xsl:call-template name="consent-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="consent-1" name="consent-1">
    <xsl:if test="not(self::h:id or self::h:code or self::h:statusCode and (@code='completed' or @nullFlavor or f:lacks(.., &quot;h:statusCode[@code='completed' or @nullFlavor]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-CONSENT-10" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="authorization-1" name="authorization-1">
    <xsl:if test="not(self::h:consent and (h:statusCode[@code='completed' or @nullFlavor] or f:lacks(.., &quot;h:consent[h:statusCode[@code='completed' or @nullFlavor]]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-CONSENT-11" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:componentOf" mode="ClinicalDocument-1">
    <xsl:if test="not(@nullFlavor) and h:encompassingEncounter">
      <xsl:if test="not((not(h:encompassingEncounter/h:encounterParticipant/h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (not(h:encompassingEncounter/h:encounterParticipant/h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (not(h:encompassingEncounter/h:responsibleParty/h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (not(h:encompassingEncounter/h:responsibleParty/h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])) and (count(h:encompassingEncounter[not(@nullFlavor) and h:location]) = 1))">
        <xsl:if test="not(not(h:encompassingEncounter/h:encounterParticipant/h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
          <f id="SM-ENCOUNTER-02" role="error" about="encompassingEncounter/encounterParticipant/assignedEntity/assignedPerson/name/prefix" set="J245" at="{f:place(.)}" on="{f:place((h:encompassingEncounter/h:encounterParticipant/h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:encompassingEncounter/h:encounterParticipant/h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:encompassingEncounter/h:encounterParticipant/h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
          <f id="SM-ENCOUNTER-03" role="error" about="encompassingEncounter/encounterParticipant/assignedEntity/assignedPerson/name/suffix" set="J246" at="{f:place(.)}" on="{f:place((h:encompassingEncounter/h:encounterParticipant/h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:encompassingEncounter/h:encounterParticipant/h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:encompassingEncounter/h:responsibleParty/h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
          <f id="SM-ENCOUNTER-04" role="error" about="encompassingEncounter/responsibleParty/assignedEntity/assignedPerson/name/prefix" set="J245" at="{f:place(.)}" on="{f:place((h:encompassingEncounter/h:responsibleParty/h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:encompassingEncounter/h:responsibleParty/h:assignedEntity/h:assignedPerson/h:name/h:prefix[not(contains(' M MME ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:encompassingEncounter/h:responsibleParty/h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))]))">
          <f id="SM-ENCOUNTER-05" role="error" about="encompassingEncounter/responsibleParty/assignedEntity/assignedPerson/name/suffix" set="J246" at="{f:place(.)}" on="{f:place((h:encompassingEncounter/h:responsibleParty/h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])[1])}" name="{local-name()}" found="{f:show(h:encompassingEncounter/h:responsibleParty/h:assignedEntity/h:assignedPerson/h:name/h:suffix[not(contains(' DR MC MG PC PG PR ', concat(' ',.,' ')) and not(contains(.,' ')))])}"/>
        </xsl:if>
        <xsl:if test="not(count(h:encompassingEncounter[not(@nullFlavor) and h:location]) = 1)">
          <f id="SM-ENCOUNTER-06" role="error" about="encompassingEncounter" at="{f:place(.)}" on="{f:place((. | h:encompassingEncounter[not(@nullFlavor) and h:location][position() &gt; 1] | self::*[not(h:encompassingEncounter[not(@nullFlavor) and h:location])]/h:encompassingEncounter)[last()])}" name="{local-name()}" found="{count(h:encompassingEncounter[not(@nullFlavor) and h:location])}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="componentOf-1"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor) and h:encompassingEncounter))">
      <xsl:call-template name="ClinicalDocument-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:encompassingEncounter" mode="componentOf-1">
    <xsl:if test="not(@nullFlavor) and h:location">
      <xsl:if test="not((not(h:code[2])) and (count(h:effectiveTime) = 1) and (not(h:dischargeDispositionCode[2])) and (not(h:responsibleParty[h:assignedEntity][2])) and (count(h:location[h:healthCareFacility]) = 1))">
        <xsl:if test="not(not(h:code[2]))">
          <f id="SM-ENCOUNTER-08" role="error" about="code" at="{f:place(.)}" on="{f:place((. | h:code[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:code)}"/>
        </xsl:if>
        <xsl:if test="not(count(h:effectiveTime) = 1)">
          <f id="SM-ENCOUNTER-10" role="error" about="effectiveTime" at="{f:place(.)}" on="{f:place((. | h:effectiveTime[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:effectiveTime)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:dischargeDispositionCode[2]))">
          <f id="SM-ENCOUNTER-14" role="error" about="dischargeDispositionCode" at="{f:place(.)}" on="{f:place((. | h:dischargeDispositionCode[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:dischargeDispositionCode)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:responsibleParty[h:assignedEntity][2]))">
          <f id="SM-ENCOUNTER-18" role="error" about="responsibleParty" at="{f:place(.)}" on="{f:place((. | h:responsibleParty[h:assignedEntity][position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:responsibleParty[h:assignedEntity])}"/>
        </xsl:if>
        <xsl:if test="not(count(h:location[h:healthCareFacility]) = 1)">
          <f id="SM-ENCOUNTER-78" role="error" about="location" at="{f:place(.)}" on="{f:place((. | h:location[h:healthCareFacility][position() &gt; 1] | self::*[not(h:location[h:healthCareFacility])]/h:location)[last()])}" name="{local-name()}" found="{count(h:location[h:healthCareFacility])}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="encompassingEncounter-1"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor) and h:location))">
      <xsl:call-template name="componentOf-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:id" mode="encompassingEncounter-1">
    <xsl:call-template name="typed-II.root"/>
  </xsl:template>
  <xsl:template match="h:code" mode="encompassingEncounter-1">
    <xsl:if test="not(not(@code) or @code[(contains(' AMB EMER EXTERNE FLD HH IMP SEANCE VR ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('AMB EMER EXTERNE FLD HH IMP SEANCE VR', string(.))])">
      <f id="SM-ENCOUNTER-09" role="error" about="@code" set="J142" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
    </xsl:if>
    <xsl:call-template name="typed-CE.full"/>
  </xsl:template>
  <xsl:template match="h:effectiveTime" mode="encompassingEncounter-1">
    <xsl:if test="not((not(h:low[2])) and (not(h:high[2])))">
      <xsl:if test="not(not(h:low[2]))">
        <f id="SM-ENCOUNTER-11" role="error" about="low" at="{f:place(.)}" on="{f:place((. | h:low[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:low)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:high[2]))">
        <f id="SM-ENCOUNTER-12" role="error" about="high" at="{f:place(.)}" on="{f:place((. | h:high[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:high)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="typed-IVL_TS"/>
    <xsl:apply-templates select="*" mode="effectiveTime-2"/>
  </xsl:template>
  <xsl:template match="h:low" mode="effectiveTime-2">
    <xsl:call-template name="typed-IVXB.fmt"/>
  </xsl:template>
  <xsl:template match="h:high" mode="effectiveTime-2">
    <xsl:call-template name="typed-IVXB.fmt"/>
  </xsl:template>
  <xsl:template match="*" mode="effectiveTime-2" name="effectiveTime-2">
    <xsl:if test="not(self::h:low or self::h:high) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-13" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:dischargeDispositionCode" mode="encompassingEncounter-1">
    <xsl:if test="not((@displayName and @displayName!='') and (not(@codeSystem) or @codeSystem='1.2.250.1.213.2.14') and (@code and @code!='' and translate(@code, ' &#9;&#10;&#13;', '')=@code))">
      <xsl:if test="not(@displayName and @displayName!='')">
        <f id="SM-ENCOUNTER-15" role="error" about="@displayName" at="{f:place(.)}" name="{local-name()}" found="{f:show(@displayName)}"/>
      </xsl:if>
      <xsl:if test="not(not(@codeSystem) or @codeSystem='1.2.250.1.213.2.14')">
        <f id="SM-ENCOUNTER-16" role="error" about="@codeSystem" at="{f:place(.)}" name="{local-name()}" found="{f:show(@codeSystem)}"/>
      </xsl:if>
      <xsl:if test="not(@code and @code!='' and translate(@code, ' &#9;&#10;&#13;', '')=@code)">
        <f id="SM-ENCOUNTER-17" role="error" about="@code" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="typed-CE"/>
  </xsl:template>
  <xsl:template match="h:responsibleParty" mode="encompassingEncounter-1">
    <xsl:if test="h:assignedEntity">
      <xsl:if test="not(count(h:assignedEntity[h:id/@root='1.2.250.1.71.4.2.1']) = 1)">
        <f id="SM-ENCOUNTER-19" role="error" about="assignedEntity" at="{f:place(.)}" on="{f:place((. | h:assignedEntity[h:id/@root='1.2.250.1.71.4.2.1'][position() &gt; 1] | self::*[not(h:assignedEntity[h:id/@root='1.2.250.1.71.4.2.1'])]/h:assignedEntity)[last()])}" name="{local-name()}" found="{count(h:assignedEntity[h:id/@root='1.2.250.1.71.4.2.1'])}"/>
      </xsl:if>
      <xsl:apply-templates select="*" mode="responsibleParty-1"/>
    </xsl:if>
    <xsl:if test="not((h:assignedEntity))">
      <xsl:call-template name="encompassingEncounter-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:assignedEntity" mode="responsibleParty-1">
    <xsl:if test="h:id/@root='1.2.250.1.71.4.2.1'">
      <xsl:if test="not((count(h:id[@root='1.2.250.1.71.4.2.1']) = 1) and (not(h:code[2])) and (not(h:assignedPerson[2])) and (not(h:representedOrganization[2])))">
        <xsl:if test="not(count(h:id[@root='1.2.250.1.71.4.2.1']) = 1)">
          <f id="SM-ENCOUNTER-20" role="error" about="id" at="{f:place(.)}" on="{f:place((. | h:id[@root='1.2.250.1.71.4.2.1'][position() &gt; 1] | self::*[not(h:id[@root='1.2.250.1.71.4.2.1'])]/h:id)[last()])}" name="{local-name()}" found="{count(h:id[@root='1.2.250.1.71.4.2.1'])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:code[2]))">
          <f id="SM-ENCOUNTER-21" role="error" about="code" at="{f:place(.)}" on="{f:place((. | h:code[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:code)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:assignedPerson[2]))">
          <f id="SM-ENCOUNTER-25" role="error" about="assignedPerson" at="{f:place(.)}" on="{f:place((. | h:assignedPerson[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:assignedPerson)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:representedOrganization[2]))">
          <f id="SM-ENCOUNTER-29" role="error" about="representedOrganization" at="{f:place(.)}" on="{f:place((. | h:representedOrganization[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:representedOrganization)}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="assignedEntity-6"/>
    </xsl:if>
    <xsl:if test="not((h:id/@root='1.2.250.1.71.4.2.1'))">
      <xsl:call-template name="responsibleParty-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:id" mode="assignedEntity-6">
    <xsl:if test="@root='1.2.250.1.71.4.2.1'">
      <xsl:call-template name="typed-II.pro"/>
    </xsl:if>
    <xsl:if test="not((@root='1.2.250.1.71.4.2.1'))">
      <xsl:call-template name="assignedEntity-6"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:code" mode="assignedEntity-6">
    <xsl:call-template name="typed-CD"/>
  </xsl:template>
  <xsl:template match="h:telecom" mode="assignedEntity-6">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:assignedPerson" mode="assignedEntity-6">
    <xsl:if test="not(count(h:name[h:family]) = 1)">
      <f id="SM-ENCOUNTER-26" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[h:family][position() &gt; 1] | self::*[not(h:name[h:family])]/h:name)[last()])}" name="{local-name()}" found="{count(h:name[h:family])}"/>
    </xsl:if>
    <xsl:apply-templates select="*" mode="assignedPerson-7"/>
  </xsl:template>
  <xsl:template match="h:name" mode="assignedPerson-7">
    <xsl:if test="h:family">
      <xsl:call-template name="typed-PN.pro"/>
      <xsl:apply-templates select="*" mode="name-12"/>
    </xsl:if>
    <xsl:if test="not((h:family))">
      <xsl:call-template name="assignedPerson-7"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:family | h:given | h:prefix | h:suffix" mode="name-12"/>
  <xsl:template match="*" mode="name-12" name="name-12">
    <xsl:if test="not(self::h:family or self::h:given or self::h:prefix or self::h:suffix) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-27" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="assignedPerson-7" name="assignedPerson-7">
    <xsl:if test="not(self::h:name and (h:family or f:lacks(.., &quot;h:name[h:family]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-28" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:representedOrganization" mode="assignedEntity-6">
    <xsl:if test="not((not(h:name[2])) and (not(h:standardIndustryClassCode[f:pair('2025-02', 'J04', string(@code), string(@codeSystem))][2])) and (not(h:asOrganizationPartOf[2])))">
      <xsl:if test="not(not(h:name[2]))">
        <f id="SM-ENCOUNTER-32" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:name)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:standardIndustryClassCode[f:pair('2025-02', 'J04', string(@code), string(@codeSystem))][2]))">
        <f id="SM-ENCOUNTER-36" role="error" about="standardIndustryClassCode" at="{f:place(.)}" on="{f:place((. | h:standardIndustryClassCode[f:pair('2025-02', 'J04', string(@code), string(@codeSystem))][position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:standardIndustryClassCode[f:pair('2025-02', 'J04', string(@code), string(@codeSystem))])}"/>
      </xsl:if>
      <xsl:if test="not(not(h:asOrganizationPartOf[2]))">
        <f id="SM-ENCOUNTER-39" role="error" about="asOrganizationPartOf" at="{f:place(.)}" on="{f:place((. | h:asOrganizationPartOf[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:asOrganizationPartOf)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:apply-templates select="*" mode="representedOrganization-7"/>
  </xsl:template>
  <xsl:template match="h:id" mode="representedOrganization-7">
    <xsl:if test="@root='1.2.250.1.71.4.2.2'">
      <xsl:call-template name="typed-II.org"/>
    </xsl:if>
    <xsl:if test="not(@root='1.2.250.1.71.4.2.2')">
      <xsl:call-template name="typed-II.full"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:name" mode="representedOrganization-7">
    <xsl:call-template name="typed-ON"/>
  </xsl:template>
  <xsl:template match="h:telecom" mode="representedOrganization-7">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:standardIndustryClassCode" mode="representedOrganization-7">
    <xsl:if test="f:pair('2025-02', 'J04', string(@code), string(@codeSystem))">
      <xsl:call-template name="typed-CE.full"/>
    </xsl:if>
    <xsl:if test="not((f:pair('2025-02', 'J04', string(@code), string(@codeSystem))))">
      <xsl:call-template name="representedOrganization-7"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:asOrganizationPartOf" mode="representedOrganization-7">
    <xsl:if test="not((not(h:code[2])) and (not(h:statusCode[2])) and (not(h:effectiveTime[2])))">
      <xsl:if test="not(not(h:code[2]))">
        <f id="SM-ENCOUNTER-42" role="error" about="code" at="{f:place(.)}" on="{f:place((. | h:code[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:code)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:statusCode[2]))">
        <f id="SM-ENCOUNTER-43" role="error" about="statusCode" at="{f:place(.)}" on="{f:place((. | h:statusCode[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:statusCode)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:effectiveTime[2]))">
        <f id="SM-ENCOUNTER-44" role="error" about="effectiveTime" at="{f:place(.)}" on="{f:place((. | h:effectiveTime[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:effectiveTime)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="typed-ANY"/>
    <xsl:apply-templates select="*" mode="asOrganizationPartOf-2"/>
  </xsl:template>
  <xsl:template match="h:templateId" mode="asOrganizationPartOf-2">
    <xsl:call-template name="typed-II"/>
  </xsl:template>
  <xsl:template match="h:id" mode="asOrganizationPartOf-2">
    <xsl:call-template name="typed-II"/>
  </xsl:template>
  <xsl:template match="h:code" mode="asOrganizationPartOf-2">
    <xsl:call-template name="typed-CD"/>
  </xsl:template>
  <xsl:template match="h:statusCode" mode="asOrganizationPartOf-2">
    <xsl:call-template name="typed-CS"/>
  </xsl:template>
  <xsl:template match="h:effectiveTime" mode="asOrganizationPartOf-2"/>
  <xsl:template match="*" mode="asOrganizationPartOf-2" name="asOrganizationPartOf-2">
    <xsl:if test="not(self::h:templateId or self::h:id or self::h:code or self::h:statusCode or self::h:effectiveTime) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-45" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:addr" mode="representedOrganization-7">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="representedOrganization-7"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="representedOrganization-7" name="representedOrganization-7">
    <xsl:if test="not(self::h:id and (@root='1.2.250.1.71.4.2.2') or self::h:id or self::h:name or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:telecom or self::h:standardIndustryClassCode and (f:pair('2025-02', 'J04', string(@code), string(@codeSystem))) or self::h:asOrganizationPartOf) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-46" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:addr" mode="assignedEntity-6">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="assignedEntity-6"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="assignedEntity-6" name="assignedEntity-6">
    <xsl:if test="not(self::h:id and (@root='1.2.250.1.71.4.2.1' or f:lacks(.., &quot;h:id[@root='1.2.250.1.71.4.2.1']&quot;)) or self::h:code or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:telecom or self::h:assignedPerson or self::h:representedOrganization) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-47" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="responsibleParty-1" name="responsibleParty-1">
    <xsl:if test="not(self::h:assignedEntity and (h:id/@root='1.2.250.1.71.4.2.1' or f:lacks(.., &quot;h:assignedEntity[h:id/@root='1.2.250.1.71.4.2.1']&quot;))) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-48" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:encounterParticipant" mode="encompassingEncounter-1">
    <xsl:if test="@typeCode and h:assignedEntity">
      <xsl:if test="not((not(@typeCode) or @typeCode[(contains(' ADM ATND CON DIS REF RESP ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('ADM ATND CON DIS REF RESP', string(.))]) and (not(h:time[2])) and (count(h:assignedEntity[h:id/@root='1.2.250.1.71.4.2.1']) = 1))">
        <xsl:if test="not(not(@typeCode) or @typeCode[(contains(' ADM ATND CON DIS REF RESP ', concat(' ',.,' ')) and not(contains(.,' '))) or f:listed('ADM ATND CON DIS REF RESP', string(.))])">
          <f id="SM-ENCOUNTER-51" role="error" about="@typeCode" set="J140" at="{f:place(.)}" name="{local-name()}" found="{f:show(@typeCode)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:time[2]))">
          <f id="SM-ENCOUNTER-52" role="error" about="time" at="{f:place(.)}" on="{f:place((. | h:time[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:time)}"/>
        </xsl:if>
        <xsl:if test="not(count(h:assignedEntity[h:id/@root='1.2.250.1.71.4.2.1']) = 1)">
          <f id="SM-ENCOUNTER-56" role="error" about="assignedEntity" at="{f:place(.)}" on="{f:place((. | h:assignedEntity[h:id/@root='1.2.250.1.71.4.2.1'][position() &gt; 1] | self::*[not(h:assignedEntity[h:id/@root='1.2.250.1.71.4.2.1'])]/h:assignedEntity)[last()])}" name="{local-name()}" found="{count(h:assignedEntity[h:id/@root='1.2.250.1.71.4.2.1'])}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="encounterParticipant-1"/>
    </xsl:if>
    <xsl:if test="not((@typeCode and h:assignedEntity))">
      <xsl:call-template name="encompassingEncounter-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:time" mode="encounterParticipant-1">
    <xsl:if test="not((not(h:low[2])) and (not(h:high[2])))">
      <xsl:if test="not(not(h:low[2]))">
        <f id="SM-ENCOUNTER-53" role="error" about="low" at="{f:place(.)}" on="{f:place((. | h:low[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:low)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:high[2]))">
        <f id="SM-ENCOUNTER-54" role="error" about="high" at="{f:place(.)}" on="{f:place((. | h:high[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:high)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="typed-IVL_TS"/>
    <xsl:apply-templates select="*" mode="time-2"/>
  </xsl:template>
  <xsl:template match="h:low" mode="time-2">
    <xsl:call-template name="typed-IVXB.req"/>
  </xsl:template>
  <xsl:template match="h:high" mode="time-2">
    <xsl:call-template name="typed-IVXB.req"/>
  </xsl:template>
  <xsl:template match="*" mode="time-2" name="time-2">
    <xsl:if test="not(self::h:low or self::h:high) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-55" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:assignedEntity" mode="encounterParticipant-1">
    <xsl:if test="h:id/@root='1.2.250.1.71.4.2.1'">
      <xsl:if test="not((count(h:id[@root='1.2.250.1.71.4.2.1']) = 1) and (not(h:code[2])) and (not(h:assignedPerson[2])) and (not(h:representedOrganization[2])))">
        <xsl:if test="not(count(h:id[@root='1.2.250.1.71.4.2.1']) = 1)">
          <f id="SM-ENCOUNTER-57" role="error" about="id" at="{f:place(.)}" on="{f:place((. | h:id[@root='1.2.250.1.71.4.2.1'][position() &gt; 1] | self::*[not(h:id[@root='1.2.250.1.71.4.2.1'])]/h:id)[last()])}" name="{local-name()}" found="{count(h:id[@root='1.2.250.1.71.4.2.1'])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:code[2]))">
          <f id="SM-ENCOUNTER-58" role="error" about="code" at="{f:place(.)}" on="{f:place((. | h:code[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:code)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:assignedPerson[2]))">
          <f id="SM-ENCOUNTER-62" role="error" about="assignedPerson" at="{f:place(.)}" on="{f:place((. | h:assignedPerson[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:assignedPerson)}"/>
        </xsl:if>
        <xsl:if test="not(not(h:representedOrganization[2]))">
          <f id="SM-ENCOUNTER-66" role="error" about="representedOrganization" at="{f:place(.)}" on="{f:place((. | h:representedOrganization[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:representedOrganization)}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="assignedEntity-7"/>
    </xsl:if>
    <xsl:if test="not((h:id/@root='1.2.250.1.71.4.2.1'))">
      <xsl:call-template name="encounterParticipant-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:id" mode="assignedEntity-7">
    <xsl:if test="@root='1.2.250.1.71.4.2.1'">
      <xsl:call-template name="typed-II.pro"/>
    </xsl:if>
    <xsl:if test="not((@root='1.2.250.1.71.4.2.1'))">
      <xsl:call-template name="assignedEntity-7"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:code" mode="assignedEntity-7">
    <xsl:call-template name="typed-CD"/>
  </xsl:template>
  <xsl:template match="h:telecom" mode="assignedEntity-7">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:assignedPerson" mode="assignedEntity-7">
    <xsl:if test="not(count(h:name[h:family]) = 1)">
      <f id="SM-ENCOUNTER-63" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[h:family][position() &gt; 1] | self::*[not(h:name[h:family])]/h:name)[last()])}" name="{local-name()}" found="{count(h:name[h:family])}"/>
    </xsl:if>
    <xsl:apply-templates select="*" mode="assignedPerson-8"/>
  </xsl:template>
  <xsl:template match="h:name" mode="assignedPerson-8">
    <xsl:if test="h:family">
      <xsl:call-template name="typed-PN.pro"/>
      <xsl:apply-templates select="*" mode="name-13"/>
    </xsl:if>
    <xsl:if test="not((h:family))">
      <xsl:call-template name="assignedPerson-8"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:family | h:given | h:prefix | h:suffix" mode="name-13"/>
  <xsl:template match="*" mode="name-13" name="name-13">
    <xsl:if test="not(self::h:family or self::h:given or self::h:prefix or self::h:suffix) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-64" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="assignedPerson-8" name="assignedPerson-8">
    <xsl:if test="not(self::h:name and (h:family or f:lacks(.., &quot;h:name[h:family]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-65" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:representedOrganization" mode="assignedEntity-7">
    <xsl:if test="not((not(h:name[2])) and (not(h:standardIndustryClassCode[f:pair('2025-02', 'J04', string(@code), string(@codeSystem))][2])))">
      <xsl:if test="not(not(h:name[2]))">
        <f id="SM-ENCOUNTER-68" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:name)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:standardIndustryClassCode[f:pair('2025-02', 'J04', string(@code), string(@codeSystem))][2]))">
        <f id="SM-ENCOUNTER-72" role="error" about="standardIndustryClassCode" at="{f:place(.)}" on="{f:place((. | h:standardIndustryClassCode[f:pair('2025-02', 'J04', string(@code), string(@codeSystem))][position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:standardIndustryClassCode[f:pair('2025-02', 'J04', string(@code), string(@codeSystem))])}"/>
      </xsl:if>
    </xsl:if>
    <xsl:apply-templates select="*" mode="representedOrganization-8"/>
  </xsl:template>
  <xsl:template match="h:id" mode="representedOrganization-8">
    <xsl:if test="@root='1.2.250.1.71.4.2.2'">
      <xsl:call-template name="typed-II.org"/>
    </xsl:if>
    <xsl:if test="not((@root='1.2.250.1.71.4.2.2'))">
      <xsl:call-template name="representedOrganization-8"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:name" mode="representedOrganization-8">
    <xsl:call-template name="typed-ON"/>
  </xsl:template>
  <xsl:template match="h:telecom" mode="representedOrganization-8">
    <xsl:call-template name="typed-TEL.fr"/>
  </xsl:template>
  <xsl:template match="h:standardIndustryClassCode" mode="representedOrganization-8">
    <xsl:if test="f:pair('2025-02', 'J04', string(@code), string(@codeSystem))">
      <xsl:call-template name="typed-CE.full"/>
    </xsl:if>
    <xsl:if test="not((f:pair('2025-02', 'J04', string(@code), string(@codeSystem))))">
      <xsl:call-template name="representedOrganization-8"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:addr" mode="representedOrganization-8">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="representedOrganization-8"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="representedOrganization-8" name="representedOrganization-8">
    <xsl:if test="not(self::h:id and (@root='1.2.250.1.71.4.2.2') or self::h:name or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:telecom or self::h:standardIndustryClassCode and (f:pair('2025-02', 'J04', string(@code), string(@codeSystem)))) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-75" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:addr" mode="assignedEntity-7">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="assignedEntity-7"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="assignedEntity-7" name="assignedEntity-7">
    <xsl:if test="not(self::h:id and (@root='1.2.250.1.71.4.2.1' or f:lacks(.., &quot;h:id[@root='1.2.250.1.71.4.2.1']&quot;)) or self::h:code or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine) or self::h:telecom or self::h:assignedPerson or self::h:representedOrganization) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-76" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="encounterParticipant-1" name="encounterParticipant-1">
    <xsl:if test="not(self::h:time or self::h:assignedEntity and (h:id/@root='1.2.250.1.71.4.2.1' or f:lacks(.., &quot;h:assignedEntity[h:id/@root='1.2.250.1.71.4.2.1']&quot;))) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-77" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:location" mode="encompassingEncounter-1">
    <xsl:if test="h:healthCareFacility">
      <xsl:if test="not(count(h:healthCareFacility[not(@nullFlavor)]) = 1)">
        <f id="SM-ENCOUNTER-79" role="error" about="healthCareFacility" at="{f:place(.)}" on="{f:place((. | h:healthCareFacility[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:healthCareFacility[not(@nullFlavor)])]/h:healthCareFacility)[last()])}" name="{local-name()}" found="{count(h:healthCareFacility[not(@nullFlavor)])}"/>
      </xsl:if>
      <xsl:apply-templates select="*" mode="location-1"/>
    </xsl:if>
    <xsl:if test="not((h:healthCareFacility))">
      <xsl:call-template name="encompassingEncounter-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:healthCareFacility" mode="location-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:if test="not((count(h:code[not(@nullFlavor)]) = 1) and (not(h:location[2])))">
        <xsl:if test="not(count(h:code[not(@nullFlavor)]) = 1)">
          <f id="SM-ENCOUNTER-81" role="error" about="code" at="{f:place(.)}" on="{f:place((. | h:code[not(@nullFlavor)][position() &gt; 1] | self::*[not(h:code[not(@nullFlavor)])]/h:code)[last()])}" name="{local-name()}" found="{count(h:code[not(@nullFlavor)])}"/>
        </xsl:if>
        <xsl:if test="not(not(h:location[2]))">
          <f id="SM-ENCOUNTER-88" role="error" about="location" at="{f:place(.)}" on="{f:place((. | h:location[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:location)}"/>
        </xsl:if>
      </xsl:if>
      <xsl:apply-templates select="*" mode="healthCareFacility-1"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="location-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:id" mode="healthCareFacility-1">
    <xsl:call-template name="typed-II"/>
  </xsl:template>
  <xsl:template match="h:code" mode="healthCareFacility-1">
    <xsl:if test="not(@nullFlavor)">
      <xsl:if test="not(not(@code) or @code[f:members('2025-02', 'J02', string(.))])">
        <f id="SM-ENCOUNTER-82" role="error" about="@code" set="J02" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
      </xsl:if>
      <xsl:call-template name="typed-CE.full"/>
      <xsl:apply-templates select="*" mode="code-4"/>
    </xsl:if>
    <xsl:if test="not((not(@nullFlavor)))">
      <xsl:call-template name="healthCareFacility-1"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:translation" mode="code-4">
    <xsl:if test="not((@displayName and @displayName!='') and (@codeSystem and @codeSystem[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))]) and (@code and @code!='' and translate(@code, ' &#9;&#10;&#13;', '')=@code))">
      <xsl:if test="not(@displayName and @displayName!='')">
        <f id="SM-ENCOUNTER-84" role="error" about="@displayName" at="{f:place(.)}" name="{local-name()}" found="{f:show(@displayName)}"/>
      </xsl:if>
      <xsl:if test="not(@codeSystem and @codeSystem[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))])">
        <f id="SM-ENCOUNTER-85" role="error" about="@codeSystem" at="{f:place(.)}" name="{local-name()}" found="{f:show(@codeSystem)}"/>
      </xsl:if>
      <xsl:if test="not(@code and @code!='' and translate(@code, ' &#9;&#10;&#13;', '')=@code)">
        <f id="SM-ENCOUNTER-86" role="error" about="@code" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="typed-CD"/>
  </xsl:template>
  <xsl:template match="*" mode="code-4" name="code-4">
    <xsl:if test="not(self::h:translation) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-87" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:location" mode="healthCareFacility-1">
    <xsl:if test="not((count(h:addr) &lt;= 1) and (not(h:name[2])))">
      <xsl:if test="not(count(h:addr) &lt;= 1)">
        <f id="SM-ENCOUNTER-89" role="error" about="addr" at="{f:place(.)}" name="{local-name()}" found="{count(h:addr)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:name[2]))">
        <f id="SM-ENCOUNTER-90" role="error" about="name" at="{f:place(.)}" on="{f:place((. | h:name[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:name)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:apply-templates select="*" mode="location-2"/>
  </xsl:template>
  <xsl:template match="h:name" mode="location-2">
    <xsl:call-template name="typed-EN"/>
  </xsl:template>
  <xsl:template match="h:addr" mode="location-2">
    <xsl:if test="not(h:streetAddressLine)">
      <xsl:call-template name="AD.fields"/>
    </xsl:if>
    <xsl:if test="h:streetAddressLine">
      <xsl:call-template name="AD.lines"/>
    </xsl:if>
    <xsl:if test="not((not(h:streetAddressLine)) or (h:streetAddressLine))">
      <xsl:call-template name="location-2"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="location-2" name="location-2">
    <xsl:if test="not(self::h:name or self::h:addr and (not(h:streetAddressLine)) or self::h:addr and (h:streetAddressLine)) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-93" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="healthCareFacility-1" name="healthCareFacility-1">
    <xsl:if test="not(self::h:id or self::h:code and (not(@nullFlavor) or f:lacks(.., &quot;h:code[not(@nullFlavor)]&quot;)) or self::h:location) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-94" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="location-1" name="location-1">
    <xsl:if test="not(self::h:healthCareFacility and (not(@nullFlavor) or f:lacks(.., &quot;h:healthCareFacility[not(@nullFlavor)]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-95" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="encompassingEncounter-1" name="encompassingEncounter-1">
    <xsl:if test="not(self::h:id or self::h:code or self::h:effectiveTime or self::h:dischargeDispositionCode or self::h:responsibleParty and (h:assignedEntity) or self::h:encounterParticipant and (@typeCode and h:assignedEntity) or self::h:location and (h:healthCareFacility or f:lacks(.., &quot;h:location[h:healthCareFacility]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-96" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="componentOf-1" name="componentOf-1">
    <xsl:if test="not(self::h:encompassingEncounter and (not(@nullFlavor) and h:location or f:lacks(.., &quot;h:encompassingEncounter[not(@nullFlavor) and h:location]&quot;))) and not(@xsi:nil='true')">
      <f id="SM-ENCOUNTER-97" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="h:component" mode="ClinicalDocument-1">
    <xsl:apply-templates select="*" mode="component-1"/>
  </xsl:template>
  <xsl:template match="h:nonXMLBody | h:structuredBody" mode="component-1"/>
  <xsl:template match="*" mode="component-1" name="component-1">
    <xsl:if test="not(self::h:structuredBody or self::h:nonXMLBody) and not(@xsi:nil='true')">
      <f id="SM-BODY-04" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="*" mode="ClinicalDocument-1" name="ClinicalDocument-1">
    <xsl:if test="not(self::h:realmCode and (@code='FR' or f:lacks(.., &quot;h:realmCode[@code='FR']&quot;)) or self::h:typeId and (@root='2.16.840.1.113883.1.3' and @extension='POCD_HD000040' or f:lacks(.., &quot;h:typeId[@root='2.16.840.1.113883.1.3' and @extension='POCD_HD000040']&quot;)) or self::h:templateId and (@root='2.16.840.1.113883.2.8.2.1') or self::h:templateId and (@root='1.2.250.1.213.1.1.1.1') or self::h:templateId and (not(@root='1.2.250.1.213.1.1.1.1') and not(@root='2.16.840.1.113883.2.8.2.1')) or self::h:id and (not(@nullFlavor) or f:lacks(.., &quot;h:id[not(@nullFlavor)]&quot;)) or self::h:code and (not(@nullFlavor) or f:lacks(.., &quot;h:code[not(@nullFlavor)]&quot;)) or self::h:title and (not(@nullFlavor) or f:lacks(.., &quot;h:title[not(@nullFlavor)]&quot;)) or self::h:effectiveTime and (not(@nullFlavor) or f:lacks(.., &quot;h:effectiveTime[not(@nullFlavor)]&quot;)) or self::h:confidentialityCode and (not(@nullFlavor) or f:lacks(.., &quot;h:confidentialityCode[not(@nullFlavor)]&quot;)) or self::h:languageCode and (not(@nullFlavor) or f:lacks(.., &quot;h:languageCode[not(@nullFlavor)]&quot;)) or self::h:setId and (not(@nullFlavor) or f:lacks(.., &quot;h:setId[not(@nullFlavor)]&quot;) and $profile!='pre-1.16') or self::h:versionNumber and (not(@nullFlavor) or f:lacks(.., &quot;h:versionNumber[not(@nullFlavor)]&quot;) and $profile!='pre-1.16') or self::h:recordTarget and (not(@nullFlavor) or f:lacks(.., &quot;h:recordTarget[not(@nullFlavor)]&quot;)) or self::h:author and (h:assignedAuthor or f:lacks(.., &quot;h:author[not(@nullFlavor) and h:assignedAuthor]&quot;)) or self::h:dataEnterer or self::h:informant or self::h:custodian and (not(@nullFlavor) and h:assignedCustodian or f:lacks(.., &quot;h:custodian[not(@nullFlavor) and h:assignedCustodian]&quot;)) or self::h:informationRecipient and (h:intendedRecipient) or self::h:legalAuthenticator and (h:signatureCode/@code='S' or f:lacks(.., &quot;h:legalAuthenticator[h:signatureCode/@code='S']&quot;)) or self::h:authenticator and (h:signatureCode/@code='S') or self::h:participant and (@typeCode and h:associatedEntity/@classCode) or self::h:inFulfillmentOf and (h:order) or self::h:documentationOf and (not(@nullFlavor) and h:serviceEvent or f:lacks(.., &quot;h:documentationOf[not(@nullFlavor) and h:serviceEvent]&quot;)) or self::h:relatedDocument and (@typeCode='RPLC' and h:parentDocument) or self::h:authorization and (h:consent) or self::h:componentOf and (not(@nullFlavor) and h:encompassingEncounter or f:lacks(.., &quot;h:componentOf[not(@nullFlavor) and h:encompassingEncounter]&quot;)) or self::h:component) and not(@xsi:nil='true')">
      <f id="SM-DOC-09" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="AD.fields">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'AD')) and (not(@use) or @use[contains(' H HP HV WP TMP ', concat(' ',.,' ')) and not(contains(.,' '))]) and (not(h:country[2])) and (not(h:state[2])) and (not(h:city[2])) and (not(h:postalCode[2])) and (not(h:county[2])) and (not(h:houseNumber[2])) and (not(h:houseNumberNumeric[2])) and (not(h:streetName[2])) and (not(h:streetNameType[2])) and (not(h:additionalLocator[2])) and (not(h:unitID[2])) and (not(h:postBox[2])) and (not(h:precinct[2])))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'AD'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'AD'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:if test="not(not(@use) or @use[contains(' H HP HV WP TMP ', concat(' ',.,' ')) and not(contains(.,' '))])">
        <f id="SM-T-ADFIELDS-02" role="error" about="@use" at="{f:place(.)}" name="{local-name()}" found="{f:show(@use)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:country[2]))">
        <f id="SM-T-ADFIELDS-03" role="error" about="country" at="{f:place(.)}" on="{f:place((. | h:country[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:country)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:state[2]))">
        <f id="SM-T-ADFIELDS-04" role="error" about="state" at="{f:place(.)}" on="{f:place((. | h:state[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:state)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:city[2]))">
        <f id="SM-T-ADFIELDS-05" role="error" about="city" at="{f:place(.)}" on="{f:place((. | h:city[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:city)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:postalCode[2]))">
        <f id="SM-T-ADFIELDS-06" role="error" about="postalCode" at="{f:place(.)}" on="{f:place((. | h:postalCode[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:postalCode)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:county[2]))">
        <f id="SM-T-ADFIELDS-07" role="error" about="county" at="{f:place(.)}" on="{f:place((. | h:county[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:county)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:houseNumber[2]))">
        <f id="SM-T-ADFIELDS-08" role="error" about="houseNumber" at="{f:place(.)}" on="{f:place((. | h:houseNumber[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:houseNumber)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:houseNumberNumeric[2]))">
        <f id="SM-T-ADFIELDS-09" role="error" about="houseNumberNumeric" at="{f:place(.)}" on="{f:place((. | h:houseNumberNumeric[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:houseNumberNumeric)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:streetName[2]))">
        <f id="SM-T-ADFIELDS-10" role="error" about="streetName" at="{f:place(.)}" on="{f:place((. | h:streetName[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:streetName)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:streetNameType[2]))">
        <f id="SM-T-ADFIELDS-11" role="error" about="streetNameType" at="{f:place(.)}" on="{f:place((. | h:streetNameType[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:streetNameType)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:additionalLocator[2]))">
        <f id="SM-T-ADFIELDS-12" role="error" about="additionalLocator" at="{f:place(.)}" on="{f:place((. | h:additionalLocator[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:additionalLocator)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:unitID[2]))">
        <f id="SM-T-ADFIELDS-13" role="error" about="unitID" at="{f:place(.)}" on="{f:place((. | h:unitID[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:unitID)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:postBox[2]))">
        <f id="SM-T-ADFIELDS-14" role="error" about="postBox" at="{f:place(.)}" on="{f:place((. | h:postBox[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:postBox)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:precinct[2]))">
        <f id="SM-T-ADFIELDS-15" role="error" about="precinct" at="{f:place(.)}" on="{f:place((. | h:precinct[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:precinct)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="AD"/>
    <xsl:apply-templates select="*" mode="AD.fields-1"/>
  </xsl:template>
  <xsl:template match="h:country" mode="AD.fields-1">
    <xsl:call-template name="typed-ST"/>
  </xsl:template>
  <xsl:template match="h:state" mode="AD.fields-1">
    <xsl:call-template name="typed-ST"/>
  </xsl:template>
  <xsl:template match="h:city" mode="AD.fields-1">
    <xsl:call-template name="typed-ST"/>
  </xsl:template>
  <xsl:template match="h:postalCode" mode="AD.fields-1">
    <xsl:call-template name="typed-ST"/>
  </xsl:template>
  <xsl:template match="h:county" mode="AD.fields-1">
    <xsl:call-template name="typed-ST"/>
  </xsl:template>
  <xsl:template match="h:houseNumber" mode="AD.fields-1">
    <xsl:call-template name="typed-ST"/>
  </xsl:template>
  <xsl:template match="h:houseNumberNumeric" mode="AD.fields-1">
    <xsl:call-template name="typed-ST"/>
  </xsl:template>
  <xsl:template match="h:streetName" mode="AD.fields-1">
    <xsl:call-template name="typed-ST"/>
  </xsl:template>
  <xsl:template match="h:streetNameType" mode="AD.fields-1">
    <xsl:call-template name="typed-ST"/>
  </xsl:template>
  <xsl:template match="h:additionalLocator" mode="AD.fields-1">
    <xsl:call-template name="typed-ST"/>
  </xsl:template>
  <xsl:template match="h:unitID" mode="AD.fields-1">
    <xsl:call-template name="typed-ST"/>
  </xsl:template>
  <xsl:template match="h:postBox" mode="AD.fields-1">
    <xsl:call-template name="typed-ST"/>
  </xsl:template>
  <xsl:template match="h:precinct" mode="AD.fields-1">
    <xsl:call-template name="typed-ST"/>
  </xsl:template>
  <xsl:template match="*" mode="AD.fields-1" name="AD.fields-1">
    <xsl:if test="not(self::h:country or self::h:state or self::h:city or self::h:postalCode or self::h:county or self::h:houseNumber or self::h:houseNumberNumeric or self::h:streetName or self::h:streetNameType or self::h:additionalLocator or self::h:unitID or self::h:postBox or self::h:precinct) and not(@xsi:nil='true')">
      <f id="SM-T-ADFIELDS-16" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="AD.lines">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'AD')) and (not(@use) or (@use!='' and translate(@use, ' &#9;&#10;&#13;', '')=@use)) and (not(@use) or @use[contains(' H HP HV WP TMP ', concat(' ',.,' ')) and not(contains(.,' '))]) and (count(h:streetAddressLine) &lt;= 7))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'AD'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'AD'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:if test="not(not(@use) or (@use!='' and translate(@use, ' &#9;&#10;&#13;', '')=@use))">
        <f id="SM-T-ADLINES-01" role="error" about="@use" at="{f:place(.)}" name="{local-name()}" found="{f:show(@use)}"/>
      </xsl:if>
      <xsl:if test="not(not(@use) or @use[contains(' H HP HV WP TMP ', concat(' ',.,' ')) and not(contains(.,' '))])">
        <f id="SM-T-ADLINES-02" role="error" about="@use" at="{f:place(.)}" name="{local-name()}" found="{f:show(@use)}"/>
      </xsl:if>
      <xsl:if test="not(count(h:streetAddressLine) &lt;= 7)">
        <f id="SM-T-ADLINES-03" role="error" about="streetAddressLine" at="{f:place(.)}" on="{f:place((. | h:streetAddressLine[position() &gt; 7])[last()])}" name="{local-name()}" found="{count(h:streetAddressLine)}"/>
      </xsl:if>
    </xsl:if>
    <xsl:call-template name="AD"/>
    <xsl:apply-templates select="*" mode="AD.lines-1"/>
  </xsl:template>
  <xsl:template match="h:streetAddressLine" mode="AD.lines-1">
    <xsl:call-template name="typed-ST"/>
  </xsl:template>
  <xsl:template match="*" mode="AD.lines-1" name="AD.lines-1">
    <xsl:if test="not(self::h:streetAddressLine) and not(@xsi:nil='true')">
      <f id="SM-T-ADLINES-04" role="warning" about="closed" at="{f:place(.)}" name="{local-name()}" parent="{local-name(..)}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="II.fmt">
    <xsl:if test="not(not(@root) or ((@root[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))] or f:uid(string(@root)))))">
      <f id="SM-T-IIFMT-01" role="error" about="@root" at="{f:place(.)}" name="{local-name()}" found="{f:show(@root)}"/>
    </xsl:if>
    <xsl:if test="not(not(@extension) or (@extension!=''))">
      <f id="SM-T-IIFMT-02" role="error" about="@extension" at="{f:place(.)}" name="{local-name()}" found="{f:show(@extension)}"/>
    </xsl:if>
    <xsl:call-template name="II"/>
  </xsl:template>
  <xsl:template name="II.uid">
    <xsl:if test="not(not(@nullFlavor or *) and @root[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))][string-length(.) &lt;= 128] and string-length(@extension) &lt;= 64 and ((not(../*[50]) and not(preceding-sibling::*/@root=@root or following-sibling::*/@root=@root)) or (../*[50] and f:alone(., 'root'))))">
      <xsl:if test="not(not(@root) or ((@root[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))] or f:uid(string(@root)))))">
        <f id="SM-T-IIUID-01" role="error" about="@root" at="{f:place(.)}" name="{local-name()}" found="{f:show(@root)}"/>
      </xsl:if>
      <xsl:call-template name="II"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="II.root">
    <xsl:if test="not(not(@nullFlavor or *) and @root[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))][string-length(.) &lt;= 128] and string-length(@extension) &lt;= 64 and ((not(../*[50]) and not(preceding-sibling::*/@root=@root or following-sibling::*/@root=@root)) or (../*[50] and f:alone(., 'root'))) and (not(@extension) or @extension!=''))">
      <xsl:if test="not(@root and (@root[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))] or f:uid(string(@root))))">
        <f id="SM-T-IIROOT-01" role="error" about="@root" at="{f:place(.)}" name="{local-name()}" found="{f:show(@root)}"/>
      </xsl:if>
      <xsl:if test="not(not(@extension) or (@extension!=''))">
        <f id="SM-T-IIROOT-02" role="error" about="@extension" at="{f:place(.)}" name="{local-name()}" found="{f:show(@extension)}"/>
      </xsl:if>
      <xsl:call-template name="II"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="II.full">
    <xsl:if test="not(not(@nullFlavor or *) and @root[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))][string-length(.) &lt;= 128] and string-length(@extension) &lt;= 64 and ((not(../*[50]) and not(preceding-sibling::*/@root=@root or following-sibling::*/@root=@root)) or (../*[50] and f:alone(., 'root'))) and @extension!='')">
      <xsl:if test="not(@root and (@root[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))] or f:uid(string(@root))))">
        <f id="SM-T-IIFULL-01" role="error" about="@root" at="{f:place(.)}" name="{local-name()}" found="{f:show(@root)}"/>
      </xsl:if>
      <xsl:if test="not(@extension and @extension!='')">
        <f id="SM-T-IIFULL-02" role="error" about="@extension" at="{f:place(.)}" name="{local-name()}" found="{f:show(@extension)}"/>
      </xsl:if>
      <xsl:call-template name="II"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="II.org">
    <xsl:if test="not(@extension and @extension!='')">
      <f id="SM-T-IIORG-01" role="error" about="@extension" at="{f:place(.)}" name="{local-name()}" found="{f:show(@extension)}"/>
    </xsl:if>
    <xsl:call-template name="II"/>
  </xsl:template>
  <xsl:template name="II.pro">
    <xsl:if test="not(@extension and @extension!='')">
      <f id="SM-T-IIPRO-01" role="error" about="@extension" at="{f:place(.)}" name="{local-name()}" found="{f:show(@extension)}"/>
    </xsl:if>
    <xsl:call-template name="II"/>
  </xsl:template>
  <xsl:template name="CE.full">
    <xsl:if test="not(@code and @codeSystem and not(@nullFlavor or *) and translate(@displayName,'&#9;&#10;&#13;','')=string(@displayName) and @displayName!='' and @codeSystem[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))])">
      <xsl:if test="not(@code)">
        <f id="SM-T-CEFULL-01" role="error" about="@code" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
      </xsl:if>
      <xsl:if test="not(@displayName and @displayName!='')">
        <f id="SM-T-CEFULL-02" role="error" about="@displayName" at="{f:place(.)}" name="{local-name()}" found="{f:show(@displayName)}"/>
      </xsl:if>
      <xsl:if test="not(@codeSystem and @codeSystem[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))])">
        <f id="SM-T-CEFULL-03" role="error" about="@codeSystem" at="{f:place(.)}" name="{local-name()}" found="{f:show(@codeSystem)}"/>
      </xsl:if>
      <xsl:call-template name="CE"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="CD.fmt">
    <xsl:if test="not(not(@code) or (@code!='' and translate(@code, ' &#9;&#10;&#13;', '')=@code))">
      <f id="SM-T-CDFMT-01" role="error" about="@code" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
    </xsl:if>
    <xsl:if test="not(not(@displayName) or (@displayName!=''))">
      <f id="SM-T-CDFMT-02" role="error" about="@displayName" at="{f:place(.)}" name="{local-name()}" found="{f:show(@displayName)}"/>
    </xsl:if>
    <xsl:if test="not(not(@codeSystem) or (@codeSystem[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))]))">
      <f id="SM-T-CDFMT-03" role="error" about="@codeSystem" at="{f:place(.)}" name="{local-name()}" found="{f:show(@codeSystem)}"/>
    </xsl:if>
    <xsl:if test="not(not(@codeSystemName) or (@codeSystemName!=''))">
      <f id="SM-T-CDFMT-04" role="error" about="@codeSystemName" at="{f:place(.)}" name="{local-name()}" found="{f:show(@codeSystemName)}"/>
    </xsl:if>
    <xsl:call-template name="CD"/>
  </xsl:template>
  <xsl:template name="TS.date">
    <xsl:if test="not(not(*))">
      <f id="SM-T-TSDATE-01" role="error" about="*" at="{f:place(.)}" name="{local-name()}" found="{count(*)}"/>
    </xsl:if>
    <xsl:call-template name="TS"/>
  </xsl:template>
  <xsl:template name="TS.req">
    <xsl:if test="not(not(@nullFlavor or *) and f:timestamp(string(@value)) and translate(substring(concat(@value,'xxxx'),1,4),'0123456789','')='')">
      <xsl:if test="not(@value and string-length(@value) &gt; 3 and translate(substring(@value,1,4),'0123456789','')='')">
        <f id="SM-T-TSREQ-01" role="error" about="@value" at="{f:place(.)}" name="{local-name()}" found="{f:show(@value)}"/>
      </xsl:if>
      <xsl:if test="not(not(*))">
        <f id="SM-T-TSREQ-02" role="error" about="*" at="{f:place(.)}" name="{local-name()}" found="{count(*)}"/>
      </xsl:if>
      <xsl:call-template name="TS"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="IVXB.fmt">
    <xsl:if test="not(not(@nullFlavor or *) and f:timestamp(string(@value)) and translate(substring(concat(@value,'xxxx'),1,4),'0123456789','')='')">
      <xsl:if test="not(not(@value) or (string-length(@value) &gt; 3 and translate(substring(@value,1,4),'0123456789','')=''))">
        <f id="SM-T-IVXBFMT-01" role="error" about="@value" at="{f:place(.)}" name="{local-name()}" found="{f:show(@value)}"/>
      </xsl:if>
      <xsl:call-template name="IVXB_TS"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="IVXB.req">
    <xsl:if test="not(not(@nullFlavor or *) and f:timestamp(string(@value)) and translate(substring(concat(@value,'xxxx'),1,4),'0123456789','')='')">
      <xsl:if test="not(@value and string-length(@value) &gt; 3 and translate(substring(@value,1,4),'0123456789','')='')">
        <f id="SM-T-IVXBREQ-01" role="error" about="@value" at="{f:place(.)}" name="{local-name()}" found="{f:show(@value)}"/>
      </xsl:if>
      <xsl:call-template name="IVXB_TS"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="PN.pro">
    <xsl:if test="not(count(h:family) = 1)">
      <f id="SM-T-PNPRO-01" role="error" about="family" at="{f:place(.)}" on="{f:place((. | h:family[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:family)}"/>
    </xsl:if>
    <xsl:if test="not(not(h:given[2]))">
      <f id="SM-T-PNPRO-02" role="error" about="given" at="{f:place(.)}" on="{f:place((. | h:given[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:given)}"/>
    </xsl:if>
    <xsl:if test="not(not(h:prefix[2]))">
      <f id="SM-T-PNPRO-03" role="error" about="prefix" at="{f:place(.)}" on="{f:place((. | h:prefix[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:prefix)}"/>
    </xsl:if>
    <xsl:if test="not(not(h:suffix[2]))">
      <f id="SM-T-PNPRO-04" role="error" about="suffix" at="{f:place(.)}" on="{f:place((. | h:suffix[position() &gt; 1])[last()])}" name="{local-name()}" found="{count(h:suffix)}"/>
    </xsl:if>
    <xsl:call-template name="PN"/>
  </xsl:template>
  <xsl:template name="TEL.fr">
    <xsl:if test="not(not(@nullFlavor or *) and @value[translate(.,'0123456789:+.@-abcdefghijklmnopqrstuvwxyz/_ABCDEFGHIJKLMNOPQRSTUVWXYZ','')='' or f:uri(string(.))][starts-with(.,'tel:') or starts-with(.,'mailto:')][substring-after(.,':')!=''] and (not(@use) or @use[.='WP' or .='H' or .='MC']) and (not(../h:telecom[2]) or ((not(../*[50]) and not(preceding-sibling::*/@value=@value or following-sibling::*/@value=@value)) or (../*[50] and f:alone(., 'value')))))">
      <xsl:if test="not(not(@use) or (@use!='' and translate(@use, ' &#9;&#10;&#13;', '')=@use))">
        <f id="SM-T-TELFR-01" role="error" about="@use" at="{f:place(.)}" name="{local-name()}" found="{f:show(@use)}"/>
      </xsl:if>
      <xsl:if test="not((count(@*)=1 and (@nullFlavor='UNK' or @nullFlavor='NASK' or @nullFlavor='ASKU' or @nullFlavor='NAV' or @nullFlavor='MSK')) or (substring-after(@value,':')!='' and (starts-with(@value,'tel:') or starts-with(@value,'fax:') or starts-with(@value,'mailto:') or starts-with(@value,'http:') or starts-with(@value,'ftp:') or starts-with(@value,'mllp:'))))">
        <f id="SM-T-TELFR-03" role="error" about="@value" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(@use) or @use[contains(' H HP HV WP DIR PUB EC MC PG ', concat(' ',.,' ')) and not(contains(.,' '))])">
        <f id="SM-T-TELFR-04" role="error" about="@use" at="{f:place(.)}" name="{local-name()}" found="{f:show(@use)}"/>
      </xsl:if>
      <xsl:if test="not((@nullFlavor and not(@value)) or (@value and not(@nullFlavor)))">
        <f id="SM-T-TELFR-05" role="error" about="@value" at="{f:place(.)}" name="{local-name()}" found="{count(@value)}" found_2="{count(@nullFlavor)}"/>
      </xsl:if>
      <xsl:call-template name="TEL"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="ANY">
    <xsl:if test="not(not(descendant-or-self::*[@nullFlavor][* or count(@*) &gt; 1 or normalize-space(.)!=''][not(f:null-consistent(.))]))">
      <f id="SM-DT-ANY-01" role="error" about="*" at="{f:place(.)}" on="{f:place(descendant-or-self::*[@nullFlavor][* or count(@*) &gt; 1 or normalize-space(.)!=''][not(f:null-consistent(.))][1])}" name="{local-name()}" found="{f:names(descendant-or-self::*[@nullFlavor][* or count(@*) &gt; 1 or normalize-space(.)!=''][not(f:null-consistent(.))])}"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="CS">
    <xsl:if test="not(@code and not(@nullFlavor or @codeSystem or @codeSystemName or @codeSystemVersion or @displayName or *))">
      <xsl:if test="not((@nullFlavor and not(@code or @typeCode)) or (not(@nullFlavor) and (@code or @typeCode)))">
        <f id="SM-DT-CS-01" role="error" about="@code" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}" found_2="{f:show(@nullFlavor)}"/>
      </xsl:if>
      <xsl:if test="not(not(@codeSystem) or @codeSystem='2.16.840.1.113883.5.139')">
        <f id="SM-DT-CS-02" role="error" about="@codeSystem" at="{f:place(.)}" name="{local-name()}" found="{f:show(@codeSystem)}"/>
      </xsl:if>
      <xsl:if test="not(not(@codeSystemName) or @codeSystemName='TimingEvent')">
        <f id="SM-DT-CS-03" role="error" about="@codeSystemName" at="{f:place(.)}" name="{local-name()}" found="{f:show(@codeSystemName)}"/>
      </xsl:if>
      <xsl:if test="not(not(@codeSystemVersion))">
        <f id="SM-DT-CS-04" role="error" about="@codeSystemVersion" at="{f:place(.)}" name="{local-name()}" found="{f:show(@codeSystemVersion)}"/>
      </xsl:if>
      <xsl:if test="not(not(@displayName))">
        <f id="SM-DT-CS-05" role="error" about="@displayName" at="{f:place(.)}" name="{local-name()}" found="{f:show(@displayName)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:originalText))">
        <f id="SM-DT-CS-06" role="error" about="originalText" at="{f:place(.)}" on="{f:place(h:originalText[1])}" name="{local-name()}" found="{count(h:originalText)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:qualifier))">
        <f id="SM-DT-CS-07" role="error" about="qualifier" at="{f:place(.)}" on="{f:place(h:qualifier[1])}" name="{local-name()}" found="{count(h:qualifier)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:translation))">
        <f id="SM-DT-CS-08" role="error" about="translation" at="{f:place(.)}" on="{f:place(h:translation[1])}" name="{local-name()}" found="{count(h:translation)}"/>
      </xsl:if>
      <xsl:call-template name="ANY"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="II">
    <xsl:if test="not(not(@nullFlavor or *) and @root[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))][string-length(.) &lt;= 128] and string-length(@extension) &lt;= 64 and ((not(../*[50]) and not(preceding-sibling::*/@root=@root or following-sibling::*/@root=@root)) or (../*[50] and f:alone(., 'root'))))">
      <xsl:if test="not(@nullFlavor or @root)">
        <f id="SM-DT-II-01" role="error" about="@root" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(@nullFlavor and @root))">
        <f id="SM-DT-II-02" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(@nullFlavor and @identifierName))">
        <f id="SM-DT-II-03" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(@nullFlavor and @displayable))">
        <f id="SM-DT-II-04" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(@nullFlavor and @reliability))">
        <f id="SM-DT-II-05" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(@nullFlavor and @assigningAuthorityName))">
        <f id="SM-DT-II-06" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(string-length(@root) &lt;= 128)">
        <f id="SM-DT-II-07" role="warning" about="@root" at="{f:place(.)}" name="{local-name()}" found="{string-length(@root)}"/>
      </xsl:if>
      <xsl:if test="not(string-length(@extension) &lt;= 64)">
        <f id="SM-DT-II-08" role="warning" about="@extension" at="{f:place(.)}" name="{local-name()}" found="{string-length(@extension)}"/>
      </xsl:if>
      <xsl:if test="not(not(@root) or @root[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))] or f:uuid(string(@root)))">
        <f id="SM-DT-II-09" role="error" about="@root" at="{f:place(.)}" name="{local-name()}" found="{f:show(@root)}"/>
      </xsl:if>
      <xsl:if test="not(not(@root) or not(f:twin-id(.)))">
        <f id="SM-DT-II-11" role="error" about="siblings" once="yes" at="{f:place(.)}" name="{local-name()}" found="{f:show(@root)}"/>
      </xsl:if>
      <xsl:if test="not(not(@root) or translate(@root,'abcdefghijklmnopqrstuvwxyz','')=@root or not(f:uuid(string(@root))))">
        <f id="SM-DT-II-12" role="info" about="@root" at="{f:place(.)}" name="{local-name()}" found="{f:show(@root)}"/>
      </xsl:if>
      <xsl:call-template name="ANY"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="CD">
    <xsl:if test="not(@code and @codeSystem and not(@nullFlavor or *) and translate(@displayName,'&#9;&#10;&#13;','')=string(@displayName))">
      <xsl:if test="not(not(@nullFlavor and @code))">
        <f id="SM-DT-CD-06" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(@nullFlavor and @displayName))">
        <f id="SM-DT-CD-07" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(@nullFlavor or @code or h:originalText[not(@nullFlavor)])">
        <f id="SM-DT-CD-01" role="error" about="@code" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(@codeSystem or not(@code))">
        <f id="SM-DT-CD-02" role="error" about="@codeSystem" unless="SM-ACT-12" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
      </xsl:if>
      <xsl:if test="not(@codeSystem or not(@codeSystemName))">
        <f id="SM-DT-CD-03" role="error" about="@codeSystem" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(@codeSystem or not(@codeSystemVersion))">
        <f id="SM-DT-CD-04" role="error" about="@codeSystem" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(@code or not(@displayName))">
        <f id="SM-DT-CD-05" role="error" about="@code" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(.//h:translation/@nullFlavor))">
        <f id="SM-DT-CD-08" role="error" about="translation/@nullFlavor" at="{f:place(.)}" on="{f:place((.//h:translation[@nullFlavor])[1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(.//h:translation[@codeSystem and not(@code)]))">
        <f id="SM-DT-CD-09" role="error" about="translation/@code" at="{f:place(.)}" on="{f:place((.//h:translation[@codeSystem][not(@code)])[1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(.//h:translation[@codeSystemName and not(@codeSystem)]))">
        <f id="SM-DT-CD-10" role="error" about="translation/@codeSystem" at="{f:place(.)}" on="{f:place((.//h:translation[@codeSystemName][not(@codeSystem)])[1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(.//h:translation[@codeSystemVersion and not(@codeSystem)]))">
        <f id="SM-DT-CD-11" role="error" about="translation/@codeSystem" at="{f:place(.)}" on="{f:place((.//h:translation[@codeSystemVersion][not(@codeSystem)])[1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(.//h:translation[@displayName and not(@code)]))">
        <f id="SM-DT-CD-12" role="error" about="translation/@code" at="{f:place(.)}" on="{f:place((.//h:translation[@displayName][not(@code)])[1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(translate(@displayName,'&#9;&#10;&#13;','')=string(@displayName))">
        <f id="SM-DT-CD-13" role="warning" about="@displayName" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(count(.//h:translation) &lt; 2 or not(f:repeated(.//h:translation)))">
        <f id="SM-DT-CD-15" role="error" about="translation" at="{f:place(.)}" on="{f:place((.//h:translation)[last()])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(.//h:originalText[@language][not(f:language(string(@language)))]))">
        <f id="SM-DT-CD-16" role="error" about="originalText/@language" at="{f:place(.)}" on="{f:place((.//h:originalText[@language][not(f:language(string(@language)))])[1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:call-template name="ANY"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="CE">
    <xsl:if test="not(@code and @codeSystem and not(@nullFlavor or *) and translate(@displayName,'&#9;&#10;&#13;','')=string(@displayName))">
      <xsl:if test="not(not(h:qualifier))">
        <f id="SM-DT-CE-01" role="error" about="qualifier" at="{f:place(.)}" on="{f:place(h:qualifier[1])}" name="{local-name()}" found="{count(h:qualifier)}"/>
      </xsl:if>
      <xsl:call-template name="CD"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="BIN">
    <xsl:if test="not(@nullFlavor or * or text()[normalize-space(.)!=''])">
      <f id="SM-DT-BIN-01" role="error" about="*" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:call-template name="ANY"/>
  </xsl:template>
  <xsl:template name="ED">
    <xsl:if test="not(not(@nullFlavor and @mediaType) or @mediaType='text/plain')">
      <f id="SM-DT-ED-09" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}" found="{f:show(@mediaType)}"/>
    </xsl:if>
    <xsl:if test="not(not(@nullFlavor and @charset))">
      <f id="SM-DT-ED-10" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:if test="not(not(@nullFlavor and @language))">
      <f id="SM-DT-ED-11" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:if test="not(not(@nullFlavor and @compression))">
      <f id="SM-DT-ED-12" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:if test="not(not(@nullFlavor and @integrityCheck))">
      <f id="SM-DT-ED-13" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:if test="not(not(@nullFlavor and @integrityCheckAlgorithm) or @integrityCheckAlgorithm='SHA-1')">
      <f id="SM-DT-ED-14" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}" found="{f:show(@integrityCheckAlgorithm)}"/>
    </xsl:if>
    <xsl:if test="not(not(@nullFlavor) or not(h:thumbnail) or h:thumbnail/@nullFlavor)">
      <f id="SM-DT-ED-15" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:if test="not(not(@nullFlavor and h:translation))">
      <f id="SM-DT-ED-16" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}" found="{count(h:translation)}"/>
    </xsl:if>
    <xsl:if test="not(not(@integrityCheck) or @integrityCheckAlgorithm)">
      <f id="SM-DT-ED-01" role="error" about="@integrityCheck" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:if test="not(not(h:thumbnail) or h:thumbnail[not(@nullFlavor and h:reference)])">
      <f id="SM-DT-ED-02" role="error" about="thumbnail" at="{f:place(.)}" on="{f:place(h:thumbnail[1])}" name="{local-name()}"/>
    </xsl:if>
    <xsl:if test="not(not(h:thumbnail) or h:thumbnail[not(h:thumbnail)])">
      <f id="SM-DT-ED-03" role="error" about="thumbnail" at="{f:place(.)}" on="{f:place(h:thumbnail[1])}" name="{local-name()}"/>
    </xsl:if>
    <xsl:if test="not(not(@compression) or h:reference/@value or (@representation='B64' and text()))">
      <f id="SM-DT-ED-04" role="error" about="@compression" at="{f:place(.)}" name="{local-name()}" found="{f:show(@compression)}"/>
    </xsl:if>
    <xsl:if test="not(not(@value) or not(@mediaType) or @mediaType='text/plain')">
      <f id="SM-DT-ED-05" role="error" about="@mediaType" at="{f:place(.)}" name="{local-name()}" found="{f:show(@mediaType)}"/>
    </xsl:if>
    <xsl:if test="not(not((h:reference | h:thumbnail)[@validTimeLow or @validTimeHigh or @updateMode]))">
      <f id="SM-DT-ED-06" role="error" about="reference" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:if test="not(not(@value or h:xml) or not(@charset))">
      <f id="SM-DT-ED-07" role="error" about="@charset" at="{f:place(.)}" name="{local-name()}" found="{f:show(@charset)}"/>
    </xsl:if>
    <xsl:if test="not(not(h:translation) or h:thumbnail[not(h:translation)])">
      <f id="SM-DT-ED-08" role="error" about="translation" unless="SM-DT-ED-16" at="{f:place(.)}" on="{f:place(h:translation[1])}" name="{local-name()}" found="{count(h:translation)}"/>
    </xsl:if>
    <xsl:if test="not(not(@language) or f:language(string(@language)))">
      <f id="SM-DT-ED-17" role="error" about="@language" at="{f:place(.)}" name="{local-name()}" found="{f:show(@language)}"/>
    </xsl:if>
    <xsl:call-template name="BIN"/>
  </xsl:template>
  <xsl:template name="ST">
    <xsl:if test="not(not(@* or *) and normalize-space(.)!='')">
      <xsl:if test="not(not(h:reference))">
        <f id="SM-DT-ST-01" role="error" about="reference" at="{f:place(.)}" on="{f:place(h:reference[1])}" name="{local-name()}" found="{count(h:reference)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:thumbnail))">
        <f id="SM-DT-ST-02" role="error" about="thumbnail" at="{f:place(.)}" on="{f:place(h:thumbnail[1])}" name="{local-name()}" found="{count(h:thumbnail)}"/>
      </xsl:if>
      <xsl:if test="not(not(@representation) or @representation='TXT')">
        <f id="SM-DT-ST-03" role="error" about="@representation" at="{f:place(.)}" name="{local-name()}" found="{f:show(@representation)}"/>
      </xsl:if>
      <xsl:if test="not(not(@mediaType) or @mediaType='text/plain')">
        <f id="SM-DT-ST-04" role="error" about="@mediaType" at="{f:place(.)}" name="{local-name()}" found="{f:show(@mediaType)}"/>
      </xsl:if>
      <xsl:if test="not(not(@compression))">
        <f id="SM-DT-ST-05" role="error" about="@compression" at="{f:place(.)}" name="{local-name()}" found="{f:show(@compression)}"/>
      </xsl:if>
      <xsl:if test="not(not(@integrityCheck))">
        <f id="SM-DT-ST-06" role="error" about="@integrityCheck" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(@integrityCheckAlgorithm) or @integrityCheckAlgorithm='SHA-1')">
        <f id="SM-DT-ST-07" role="error" about="@integrityCheckAlgorithm" at="{f:place(.)}" name="{local-name()}" found="{f:show(@integrityCheckAlgorithm)}"/>
      </xsl:if>
      <xsl:call-template name="ED"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="QTY">
    <xsl:if test="not(not(h:uncertainty/@expression) and not(h:uncertainty/@uncertainty) and not(h:uncertainty/@originalText))">
      <f id="SM-DT-QTY-01" role="error" about="uncertainty" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:if test="not(not((h:originalText | h:uncertainty | h:expression)[@validTimeLow or @validTimeHigh or @updateMode]))">
      <f id="SM-DT-QTY-02" role="error" about="uncertainty" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:call-template name="ANY"/>
  </xsl:template>
  <xsl:template name="TS">
    <xsl:if test="not(not(@nullFlavor or *) and f:timestamp(string(@value)))">
      <xsl:if test="not((@nullFlavor or @value or *) and not(@nullFlavor and @value))">
        <f id="SM-DT-TS-01" role="error" about="@value" at="{f:place(.)}" name="{local-name()}" found="{f:show(@value)}" found_2="{f:show(@nullFlavor)}"/>
      </xsl:if>
      <xsl:if test="not(not(@value) or f:timestamp(string(@value)))">
        <f id="SM-DT-TS-02" role="error" about="@value" at="{f:place(.)}" name="{local-name()}" found="{f:show(@value)}"/>
      </xsl:if>
      <xsl:call-template name="QTY"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="INT">
    <xsl:if test="not((@nullFlavor or @value or *) and not(@nullFlavor and @value))">
      <f id="SM-DT-INT-01" role="error" about="@value" at="{f:place(.)}" name="{local-name()}" found="{f:show(@value)}" found_2="{f:show(@nullFlavor)}"/>
    </xsl:if>
    <xsl:if test="not(not(h:uncertainty))">
      <f id="SM-DT-INT-02" role="error" about="uncertainty" at="{f:place(.)}" on="{f:place(h:uncertainty[1])}" name="{local-name()}" found="{count(h:uncertainty)}"/>
    </xsl:if>
    <xsl:call-template name="QTY"/>
  </xsl:template>
  <xsl:template name="AD">
    <xsl:if test="not(* and not(@nullFlavor or */@nullFlavor or */* or h:useablePeriod or *[not(normalize-space(.))] or text()[normalize-space(.)] or ../h:addr[2]))">
      <xsl:if test="not(@nullFlavor or (* and not(text()[normalize-space(.)!=''])) or (not(*) and text()[normalize-space(.)!='']))">
        <f id="SM-DT-AD-01" role="error" about="*" at="{f:place(.)}" name="{local-name()}" found="{count(*)}" found_2="{count(text()[normalize-space(.)!=''])}"/>
      </xsl:if>
      <xsl:if test="not(not(@nullFlavor) or not(h:thumbnail) or h:useablePeriod/@nullFlavor)">
        <f id="SM-DT-AD-02" role="error" about="useablePeriod" at="{f:place(.)}" on="{f:place(h:thumbnail[1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(h:useablePeriod/@updateMode))">
        <f id="SM-DT-AD-03" role="error" about="useablePeriod" at="{f:place(.)}" on="{f:place(h:useablePeriod[1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(h:useablePeriod/h:low/@value and h:useablePeriod/h:high/@value) or string-length(h:useablePeriod/h:low/@value)=string-length(h:useablePeriod/h:high/@value))">
        <f id="SM-DT-AD-04" role="error" about="useablePeriod" at="{f:place(.)}" on="{f:place(h:useablePeriod[1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(h:useablePeriod/h:low/@value and h:useablePeriod/h:high/@value) or number(substring(concat(h:useablePeriod/h:low/@value,'00000000000000'),1,14)) &lt; number(substring(concat(h:useablePeriod/h:high/@value,'00000000000000'),1,14)))">
        <f id="SM-DT-AD-05" role="error" about="useablePeriod" at="{f:place(.)}" on="{f:place(h:useablePeriod[1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(h:useablePeriod/h:width/@unit) or h:useablePeriod/h:width/@unit='' or h:useablePeriod/h:width/@unit='us' or h:useablePeriod/h:width/@unit='ms' or h:useablePeriod/h:width/@unit='s' or h:useablePeriod/h:width/@unit='min' or h:useablePeriod/h:width/@unit='h' or h:useablePeriod/h:width/@unit='d' or h:useablePeriod/h:width/@unit='wk' or h:useablePeriod/h:width/@unit='mo' or h:useablePeriod/h:width/@unit='a')">
        <f id="SM-DT-AD-06" role="error" about="useablePeriod" at="{f:place(.)}" on="{f:place(h:useablePeriod[1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(*[not(@nullFlavor or self::h:useablePeriod)][normalize-space(.)='']))">
        <f id="SM-DT-AD-07" role="warning" about="*" at="{f:place(.)}" on="{f:place(*[not(@nullFlavor or self::h:useablePeriod)][normalize-space(.)=''][1])}" name="{local-name()}" found="{f:names(*[not(@nullFlavor or self::h:useablePeriod)][normalize-space(.)=''])}"/>
      </xsl:if>
      <xsl:if test="not(not(@nullFlavor) or not(../h:addr[2]) or not(f:filled-sibling(.)))">
        <f id="SM-DT-AD-08" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(../h:addr[2]) or not(f:twin-text(.)))">
        <f id="SM-DT-AD-09" role="error" about="siblings" once="yes" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:call-template name="ANY"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="URL">
    <xsl:if test="not(@nullFlavor or (@value and @value[translate(.,'0123456789:+.@-abcdefghijklmnopqrstuvwxyz/_ABCDEFGHIJKLMNOPQRSTUVWXYZ','')='' or f:uri(string(.))]))">
      <f id="SM-DT-URL-02" role="error" about="@value" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:if test="not(not(@nullFlavor) or not(../h:telecom[2]) or not(f:filled-sibling(.)))">
      <f id="SM-DT-URL-03" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:if test="not(not(@use and @value) or not(../h:telecom[2]) or not(f:twin-telecom(.)))">
      <f id="SM-DT-URL-04" role="error" about="siblings" once="yes" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:call-template name="ANY"/>
  </xsl:template>
  <xsl:template name="TEL">
    <xsl:if test="not(not(@nullFlavor and h:useablePeriod))">
      <f id="SM-DT-TEL-01" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}" found="{count(h:useablePeriod)}"/>
    </xsl:if>
    <xsl:call-template name="URL"/>
  </xsl:template>
  <xsl:template name="EN">
    <xsl:if test="not(not(@nullFlavor or *[@nullFlavor or * or normalize-space(.)='' or translate(@qualifier,' &#9;&#10;&#13;','')!=@qualifier]) and translate(substring(normalize-space(.),1,1),'&quot;','')!='' and not(* and text()[normalize-space(.)!='']) and not(../h:name[2]))">
      <xsl:if test="not(not(@nullFlavor and (* or text()[normalize-space(.)!=''])))">
        <f id="SM-DT-EN-01" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(* and text()[normalize-space(.)!='']))">
        <f id="SM-DT-EN-02" role="error" about="*" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(@nullFlavor or * or text()[normalize-space(.)!=''])">
        <f id="SM-DT-EN-03" role="error" about="*" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(*[not(local-name()='validTime' or @nullFlavor)][normalize-space(.)='']))">
        <f id="SM-DT-EN-04" role="warning" about="*" at="{f:place(.)}" on="{f:place(*[not(local-name()='validTime' or @nullFlavor)][normalize-space(.)=''][1])}" name="{local-name()}" found="{f:names(*[not(local-name()='validTime' or @nullFlavor)][normalize-space(.)=''])}"/>
      </xsl:if>
      <xsl:if test="not(not(starts-with(normalize-space(.),'&quot;')))">
        <f id="SM-DT-EN-05" role="warning" about="*" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(@nullFlavor) or not(../h:name[2]) or not(f:filled-sibling(.)))">
        <f id="SM-DT-EN-06" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(../h:name[2]) or not(f:twin-text(.)))">
        <f id="SM-DT-EN-07" role="error" about="siblings" once="yes" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(h:*) or h:*[not(contains(@qualifier,' '))][translate(@qualifier,'&#9;&#10;&#13;','')=string(@qualifier)] or h:*[f:distinct(string(@qualifier))])">
        <f id="SM-DT-EN-08" role="error" about="@qualifier" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:call-template name="ANY"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="PN">
    <xsl:if test="not(not(@nullFlavor or *[@nullFlavor or * or normalize-space(.)='' or translate(@qualifier,' &#9;&#10;&#13;','')!=@qualifier]) and translate(substring(normalize-space(.),1,1),'&quot;','')!='' and not(* and text()[normalize-space(.)!='']) and not(../h:name[2]) and not(*[contains(@qualifier,'LS')]))">
      <xsl:if test="not(not(*[contains(@qualifier,'LS')][contains(concat(' ',translate(@qualifier,'&#9;&#10;&#13;','   '),' '),' LS ')]))">
        <f id="SM-DT-PN-01" role="error" about="@qualifier" at="{f:place(.)}" on="{f:place(*[contains(concat(' ',translate(@qualifier,'&#9;&#10;&#13;','   '),' '),' LS ')][1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:call-template name="EN"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="BL">
    <xsl:call-template name="ANY"/>
  </xsl:template>
  <xsl:template name="INT.POS">
    <xsl:if test="not(@nullFlavor or number(translate(@value,'+','')) &gt; 0)">
      <f id="SM-DT-INTPOS-01" role="error" about="@value" at="{f:place(.)}" name="{local-name()}" found="{f:show(@value)}"/>
    </xsl:if>
    <xsl:call-template name="INT"/>
  </xsl:template>
  <xsl:template name="ON">
    <xsl:if test="not(not(h:family) and not(h:given))">
      <f id="SM-DT-ON-01" role="error" about="*" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:if test="not(not(*))">
      <f id="SM-DT-ON-02" role="error" about="*" at="{f:place(.)}" name="{local-name()}" found="{count(*)}"/>
    </xsl:if>
    <xsl:call-template name="EN"/>
  </xsl:template>
  <xsl:template name="SC">
    <xsl:if test="not(not(@nullFlavor and @code))">
      <f id="SM-DT-SC-05" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:if test="not(not(@nullFlavor and @displayName))">
      <f id="SM-DT-SC-06" role="error" about="@nullFlavor" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:if test="not(@codeSystem or not(@code))">
      <f id="SM-DT-SC-01" role="error" about="@codeSystem" at="{f:place(.)}" name="{local-name()}" found="{f:show(@code)}"/>
    </xsl:if>
    <xsl:if test="not(@codeSystem or not(@codeSystemName))">
      <f id="SM-DT-SC-02" role="error" about="@codeSystem" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:if test="not(@codeSystem or not(@codeSystemVersion))">
      <f id="SM-DT-SC-03" role="error" about="@codeSystem" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:if test="not(@code or not(@displayName))">
      <f id="SM-DT-SC-04" role="error" about="@code" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:call-template name="ST"/>
  </xsl:template>
  <xsl:template name="SXCM_TS">
    <xsl:if test="not(not(@nullFlavor and @operator) or @operator='I')">
      <f id="SM-DT-SXCMTS-01" role="error" about="@operator" at="{f:place(.)}" name="{local-name()}" found="{f:show(@operator)}"/>
    </xsl:if>
    <xsl:call-template name="TS"/>
  </xsl:template>
  <xsl:template name="IVL_TS">
    <xsl:if test="not(not(@nullFlavor or @value) and h:low and not(*[@nullFlavor or @updateMode or *]) and count(*) = count(h:low | h:high) and not(h:low[2] or h:high[2]) and f:bound(string(h:low/@value)) and (not(h:high) or (h:low/@value != h:high/@value and f:bound(string(h:high/@value)) and f:ordered(string(h:low/@value), string(h:high/@value)))))">
      <xsl:if test="not(not(descendant-or-self::*[@nullFlavor][@value or @unit or h:low or h:center or h:high or h:width]))">
        <f id="SM-DT-IVLTS-01" role="error" about="@nullFlavor" at="{f:place(.)}" on="{f:place(descendant-or-self::*[@nullFlavor][@value or @unit or h:low or h:center or h:high or h:width][1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(@value and h:*))">
        <f id="SM-DT-IVLTS-02" role="error" about="@value" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(h:center and (h:low or h:high or h:width)))">
        <f id="SM-DT-IVLTS-04" role="error" about="center" at="{f:place(.)}" on="{f:place(h:center[1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(h:width and h:low and h:high))">
        <f id="SM-DT-IVLTS-05" role="error" about="width" at="{f:place(.)}" on="{f:place(h:width[1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(h:*[@updateMode]))">
        <f id="SM-DT-IVLTS-06" role="error" about="@updateMode" at="{f:place(.)}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(h:low/@value = h:high/@value))">
        <f id="SM-DT-IVLTS-07" role="error" about="high/@value" at="{f:place(.)}" name="{local-name()}" found="{f:show(h:low/@value)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:width[@unit and not(@value)]))">
        <f id="SM-DT-IVLTS-08" role="error" about="width" at="{f:place(.)}" on="{f:place(h:width[1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(h:width/h:translation))">
        <f id="SM-DT-IVLTS-09" role="error" about="width" at="{f:place(.)}" on="{f:place(h:width[1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(h:low[@nullFlavor='PINF']))">
        <f id="SM-DT-IVLTS-10" role="error" about="low/@nullFlavor" at="{f:place(.)}" on="{f:place(h:low[1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(h:high[@nullFlavor='NINF']))">
        <f id="SM-DT-IVLTS-11" role="error" about="high/@nullFlavor" at="{f:place(.)}" on="{f:place(h:high[1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(h:width/@unit) or h:width/@unit='' or h:width/@unit='us' or h:width/@unit='ms' or h:width/@unit='s' or h:width/@unit='min' or h:width/@unit='h' or h:width/@unit='d' or h:width/@unit='wk' or h:width/@unit='mo' or h:width/@unit='a')">
        <f id="SM-DT-IVLTS-12" role="error" about="width" at="{f:place(.)}" on="{f:place(h:width[1])}" name="{local-name()}"/>
      </xsl:if>
      <xsl:if test="not(not(h:low/@value) or f:bound(string(h:low/@value)))">
        <f id="SM-DT-IVLTS-13" role="error" about="low/@value" at="{f:place(.)}" on="{f:place(h:low[1])}" name="{local-name()}" found="{f:show(h:low/@value)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:center/@value) or f:bound(string(h:center/@value)))">
        <f id="SM-DT-IVLTS-14" role="error" about="center/@value" at="{f:place(.)}" on="{f:place(h:center[1])}" name="{local-name()}" found="{f:show(h:center/@value)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:high/@value) or f:bound(string(h:high/@value)))">
        <f id="SM-DT-IVLTS-15" role="error" about="high/@value" at="{f:place(.)}" on="{f:place(h:high[1])}" name="{local-name()}" found="{f:show(h:high/@value)}"/>
      </xsl:if>
      <xsl:if test="not(not(h:low/@value and h:high/@value) or f:ordered(string(h:low/@value), string(h:high/@value)))">
        <f id="SM-DT-IVLTS-16" role="error" about="high/@value" at="{f:place(.)}" on="{f:place(h:high[1])}" name="{local-name()}" found="{f:show(h:low/@value)}" found_2="{f:show(h:high/@value)}"/>
      </xsl:if>
      <xsl:call-template name="SXCM_TS"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="IVXB_TS">
    <xsl:if test="not(not(@nullFlavor or *) and f:timestamp(string(@value)))">
      <xsl:if test="not(not(@nullFlavor and @inclusive) or @inclusive='true')">
        <f id="SM-DT-IVXBTS-01" role="error" about="@inclusive" at="{f:place(.)}" name="{local-name()}" found="{f:show(@inclusive)}"/>
      </xsl:if>
      <xsl:call-template name="TS"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="CR">
    <xsl:if test="not((@nullFlavor or *) and not(@nullFlavor and *))">
      <f id="SM-DT-CR-01" role="error" about="*" at="{f:place(.)}" name="{local-name()}"/>
    </xsl:if>
    <xsl:call-template name="ANY"/>
  </xsl:template>
  <xsl:template name="CV">
    <xsl:call-template name="CE"/>
  </xsl:template>
  <xsl:template name="typed-ANY">
    <xsl:if test="not(not(descendant-or-self::*[@nullFlavor][* or count(@*) &gt; 1 or normalize-space(.)!=''][not(f:null-consistent(.))]))">
      <xsl:call-template name="ANY"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-BL">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'BL')) and (not(descendant-or-self::*[@nullFlavor][* or count(@*) &gt; 1 or normalize-space(.)!=''][not(f:null-consistent(.))])))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'BL'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'BL'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="BL"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-CD">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'CD')) and (@code and @codeSystem and not(@nullFlavor or *) and translate(@displayName,'&#9;&#10;&#13;','')=string(@displayName)))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'CD'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'CD'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="CD"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-CD.fmt">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'CD')) and (not(@code) or (@code!='' and translate(@code, ' &#9;&#10;&#13;', '')=@code)) and (not(@displayName) or (@displayName!='')) and (not(@codeSystem) or (@codeSystem[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))])) and (not(@codeSystemName) or (@codeSystemName!='')) and (@code and @codeSystem and not(@nullFlavor or *) and translate(@displayName,'&#9;&#10;&#13;','')=string(@displayName)))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'CD'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'CD'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="CD.fmt"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-CE">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'CE')) and (@code and @codeSystem and not(@nullFlavor or *) and translate(@displayName,'&#9;&#10;&#13;','')=string(@displayName)))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'CE'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'CE'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="CE"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-CE.full">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'CE')) and (@code and @codeSystem and not(@nullFlavor or *) and translate(@displayName,'&#9;&#10;&#13;','')=string(@displayName) and @displayName!='' and @codeSystem[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))]))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'CE'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'CE'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="CE.full"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-CR">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'CR')) and ((@nullFlavor or *) and not(@nullFlavor and *)) and (not(descendant-or-self::*[@nullFlavor][* or count(@*) &gt; 1 or normalize-space(.)!=''][not(f:null-consistent(.))])))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'CR'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'CR'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="CR"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-CS">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'CS')) and (@code and not(@nullFlavor or @codeSystem or @codeSystemName or @codeSystemVersion or @displayName or *)))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'CS'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'CS'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="CS"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-CV">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'CV')) and (@code and @codeSystem and not(@nullFlavor or *) and translate(@displayName,'&#9;&#10;&#13;','')=string(@displayName)))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'CV'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'CV'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="CV"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-ED">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'ED')) and (not(@nullFlavor and @mediaType) or @mediaType='text/plain') and (not(@nullFlavor and @charset)) and (not(@nullFlavor and @language)) and (not(@nullFlavor and @compression)) and (not(@nullFlavor and @integrityCheck)) and (not(@nullFlavor and @integrityCheckAlgorithm) or @integrityCheckAlgorithm='SHA-1') and (not(@nullFlavor) or not(h:thumbnail) or h:thumbnail/@nullFlavor) and (not(@nullFlavor and h:translation)) and (not(@integrityCheck) or @integrityCheckAlgorithm) and (not(h:thumbnail) or h:thumbnail[not(@nullFlavor and h:reference)]) and (not(h:thumbnail) or h:thumbnail[not(h:thumbnail)]) and (not(@compression) or h:reference/@value or (@representation='B64' and text())) and (not(@value) or not(@mediaType) or @mediaType='text/plain') and (not((h:reference | h:thumbnail)[@validTimeLow or @validTimeHigh or @updateMode])) and (not(@value or h:xml) or not(@charset)) and (not(h:translation) or h:thumbnail[not(h:translation)]) and (not(@language) or f:language(string(@language))) and (@nullFlavor or * or text()[normalize-space(.)!='']) and (not(descendant-or-self::*[@nullFlavor][* or count(@*) &gt; 1 or normalize-space(.)!=''][not(f:null-consistent(.))])))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'ED'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'ED'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="ED"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-EN">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'EN')) and (not(@nullFlavor or *[@nullFlavor or * or normalize-space(.)='' or translate(@qualifier,' &#9;&#10;&#13;','')!=@qualifier]) and translate(substring(normalize-space(.),1,1),'&quot;','')!='' and not(* and text()[normalize-space(.)!='']) and not(../h:name[2])))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'EN'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'EN'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="EN"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-II">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'II')) and (not(@nullFlavor or *) and @root[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))][string-length(.) &lt;= 128] and string-length(@extension) &lt;= 64 and ((not(../*[50]) and not(preceding-sibling::*/@root=@root or following-sibling::*/@root=@root)) or (../*[50] and f:alone(., 'root')))))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'II'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'II'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="II"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-II.fmt">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'II')) and (not(@root) or ((@root[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))] or f:uid(string(@root))))) and (not(@extension) or (@extension!='')) and (not(@nullFlavor or *) and @root[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))][string-length(.) &lt;= 128] and string-length(@extension) &lt;= 64 and ((not(../*[50]) and not(preceding-sibling::*/@root=@root or following-sibling::*/@root=@root)) or (../*[50] and f:alone(., 'root')))))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'II'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'II'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="II.fmt"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-II.full">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'II')) and (not(@nullFlavor or *) and @root[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))][string-length(.) &lt;= 128] and string-length(@extension) &lt;= 64 and ((not(../*[50]) and not(preceding-sibling::*/@root=@root or following-sibling::*/@root=@root)) or (../*[50] and f:alone(., 'root'))) and @extension!=''))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'II'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'II'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="II.full"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-II.org">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'II')) and (@extension and @extension!='') and (not(@nullFlavor or *) and @root[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))][string-length(.) &lt;= 128] and string-length(@extension) &lt;= 64 and ((not(../*[50]) and not(preceding-sibling::*/@root=@root or following-sibling::*/@root=@root)) or (../*[50] and f:alone(., 'root')))))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'II'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'II'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="II.org"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-II.pro">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'II')) and (@extension and @extension!='') and (not(@nullFlavor or *) and @root[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))][string-length(.) &lt;= 128] and string-length(@extension) &lt;= 64 and ((not(../*[50]) and not(preceding-sibling::*/@root=@root or following-sibling::*/@root=@root)) or (../*[50] and f:alone(., 'root')))))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'II'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'II'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="II.pro"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-II.root">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'II')) and (not(@nullFlavor or *) and @root[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))][string-length(.) &lt;= 128] and string-length(@extension) &lt;= 64 and ((not(../*[50]) and not(preceding-sibling::*/@root=@root or following-sibling::*/@root=@root)) or (../*[50] and f:alone(., 'root'))) and (not(@extension) or @extension!='')))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'II'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'II'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="II.root"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-II.uid">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'II')) and (not(@nullFlavor or *) and @root[(translate(.,'0123456789.','')='' and (starts-with(.,'1.') or starts-with(.,'2.')) and not(contains(.,'.0') or contains(concat(.,'.'),'..'))) or f:oid(string(.))][string-length(.) &lt;= 128] and string-length(@extension) &lt;= 64 and ((not(../*[50]) and not(preceding-sibling::*/@root=@root or following-sibling::*/@root=@root)) or (../*[50] and f:alone(., 'root')))))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'II'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'II'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="II.uid"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-INT">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'INT')) and ((@nullFlavor or @value or *) and not(@nullFlavor and @value)) and (not(h:uncertainty)) and (not(h:uncertainty/@expression) and not(h:uncertainty/@uncertainty) and not(h:uncertainty/@originalText)) and (not((h:originalText | h:uncertainty | h:expression)[@validTimeLow or @validTimeHigh or @updateMode])) and (not(descendant-or-self::*[@nullFlavor][* or count(@*) &gt; 1 or normalize-space(.)!=''][not(f:null-consistent(.))])))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'INT'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'INT'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="INT"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-INT.POS">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'INT')) and (@nullFlavor or number(translate(@value,'+','')) &gt; 0) and ((@nullFlavor or @value or *) and not(@nullFlavor and @value)) and (not(h:uncertainty)) and (not(h:uncertainty/@expression) and not(h:uncertainty/@uncertainty) and not(h:uncertainty/@originalText)) and (not((h:originalText | h:uncertainty | h:expression)[@validTimeLow or @validTimeHigh or @updateMode])) and (not(descendant-or-self::*[@nullFlavor][* or count(@*) &gt; 1 or normalize-space(.)!=''][not(f:null-consistent(.))])))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'INT'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'INT'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="INT.POS"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-IVL_TS">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'IVL_TS')) and (not(@nullFlavor or @value) and h:low and not(*[@nullFlavor or @updateMode or *]) and count(*) = count(h:low | h:high) and not(h:low[2] or h:high[2]) and f:bound(string(h:low/@value)) and (not(h:high) or (h:low/@value != h:high/@value and f:bound(string(h:high/@value)) and f:ordered(string(h:low/@value), string(h:high/@value))))))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'IVL_TS'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'IVL_TS'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="IVL_TS"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-IVXB.fmt">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'IVXB')) and (not(@nullFlavor or *) and f:timestamp(string(@value)) and translate(substring(concat(@value,'xxxx'),1,4),'0123456789','')=''))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'IVXB'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'IVXB'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="IVXB.fmt"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-IVXB.req">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'IVXB')) and (not(@nullFlavor or *) and f:timestamp(string(@value)) and translate(substring(concat(@value,'xxxx'),1,4),'0123456789','')=''))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'IVXB'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'IVXB'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="IVXB.req"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-ON">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'ON')) and (not(h:family) and not(h:given)) and (not(*)) and (not(@nullFlavor or *[@nullFlavor or * or normalize-space(.)='' or translate(@qualifier,' &#9;&#10;&#13;','')!=@qualifier]) and translate(substring(normalize-space(.),1,1),'&quot;','')!='' and not(* and text()[normalize-space(.)!='']) and not(../h:name[2])))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'ON'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'ON'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="ON"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-PN">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'PN')) and (not(@nullFlavor or *[@nullFlavor or * or normalize-space(.)='' or translate(@qualifier,' &#9;&#10;&#13;','')!=@qualifier]) and translate(substring(normalize-space(.),1,1),'&quot;','')!='' and not(* and text()[normalize-space(.)!='']) and not(../h:name[2]) and not(*[contains(@qualifier,'LS')])))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'PN'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'PN'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="PN"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-PN.pro">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'PN')) and (count(h:family) = 1) and (not(h:given[2])) and (not(h:prefix[2])) and (not(h:suffix[2])) and (not(@nullFlavor or *[@nullFlavor or * or normalize-space(.)='' or translate(@qualifier,' &#9;&#10;&#13;','')!=@qualifier]) and translate(substring(normalize-space(.),1,1),'&quot;','')!='' and not(* and text()[normalize-space(.)!='']) and not(../h:name[2]) and not(*[contains(@qualifier,'LS')])))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'PN'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'PN'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="PN.pro"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-SC">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'SC')) and (not(@nullFlavor and @code)) and (not(@nullFlavor and @displayName)) and (@codeSystem or not(@code)) and (@codeSystem or not(@codeSystemName)) and (@codeSystem or not(@codeSystemVersion)) and (@code or not(@displayName)) and (not(@* or *) and normalize-space(.)!=''))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'SC'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'SC'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="SC"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-ST">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'ST')) and (not(@* or *) and normalize-space(.)!=''))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'ST'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'ST'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="ST"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-TEL.fr">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'TEL')) and (not(@nullFlavor or *) and @value[translate(.,'0123456789:+.@-abcdefghijklmnopqrstuvwxyz/_ABCDEFGHIJKLMNOPQRSTUVWXYZ','')='' or f:uri(string(.))][starts-with(.,'tel:') or starts-with(.,'mailto:')][substring-after(.,':')!=''] and (not(@use) or @use[.='WP' or .='H' or .='MC']) and (not(../h:telecom[2]) or ((not(../*[50]) and not(preceding-sibling::*/@value=@value or following-sibling::*/@value=@value)) or (../*[50] and f:alone(., 'value'))))))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'TEL'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'TEL'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="TEL.fr"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-TS.date">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'TS')) and (not(*)) and (not(@nullFlavor or *) and f:timestamp(string(@value))))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'TS'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'TS'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="TS.date"/>
    </xsl:if>
  </xsl:template>
  <xsl:template name="typed-TS.req">
    <xsl:if test="not((not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'TS')) and (not(@nullFlavor or *) and f:timestamp(string(@value)) and translate(substring(concat(@value,'xxxx'),1,4),'0123456789','')=''))">
      <xsl:if test="not(not(@xsi:type) or f:xsi-type(., string(@xsi:type), 'TS'))">
        <f id="SM-GEN-01" role="error" about="@xsi:type" at="{f:place(.)}" name="{local-name()}" expected="{'TS'}" found="{f:show(@xsi:type)}"/>
      </xsl:if>
      <xsl:call-template name="TS.req"/>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
