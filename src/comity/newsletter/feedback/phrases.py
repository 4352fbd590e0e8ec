"""What mail programs and people write around a reply, by language: tables that `quotes` reads."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """How one language introduces what is quoted, and ends what is written.

    `attributions` are whole lines; each must hold a digit, of a date or a time. `fields` are the
    names of the lines with which Outlook begins what it quotes: who, when, to whom, about what.
    """

    attributions: tuple[str, ...]
    fields: tuple[str, str, str, str]
    originals: str
    """The words between dashes above what is quoted or passed on."""
    closings: str
    """Lines after which only a name follows."""
    devices: str
    """How a line begins that a telephone adds."""
    replies: str
    """What stands before the subject of a reply."""
    absences: str
    """How the subject of an automatic reply begins."""
    returns: str
    """How the subject of a returned mail begins."""
    notices: str
    """How a paragraph begins with which a company ends all mail."""


ENGLISH = Phrases(
    attributions=(r"(?:On|At)\b.+\bwrote:", r".+<\S+@\S+> wrote on .+:"),
    fields=("From", "Sent|Date", "To|Cc", "Subject"),
    originals="original message|forwarded message|original appointment",
    closings=r"(?:(?:with )?(?:best|kind|warm|kindest|warmest)(?: regards| wishes)?|regards|cheers|"
    r"many thanks|thanks|thank you|thanks again|sincerely|yours(?: sincerely| truly| faithfully)?|"
    r"all the best|take care)",
    devices=r"Sent from (?:my|Mail|Outlook|Yahoo|the)\b|Sent via |Get Outlook for |Sent with ",
    replies="re|fw|fwd",
    absences=r"automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|"
    r"i am out of|away from|vacation|on leave",
    returns=r"undeliver(?:able|ed)|mail delivery (?:failed|failure|subsystem)|delivery status "
    r"notification|delivery (?:has )?failed|returned mail|failure notice|delivery failure|"
    r"message not delivered|warning: could not send|mail system error",
    notices=r"(?:this|the information in this) (?:e-?mail|message)\b.{0,80}(?:confidential|"
    r"intended (?:only|solely)|privileged)|confidentiality notice|disclaimer:",
)
GERMAN = Phrases(
    attributions=(r"Am\b.+\bschrieb\b.*:", r".+\bschrieb am\b.+:"),
    fields=("Von", "Gesendet|Datum", "An|Cc", "Betreff"),
    originals="ursprüngliche nachricht|original-?nachricht|weitergeleitete nachricht",
    closings=r"(?:mit )?(?:(?:freundlichen?|besten?|lieben?|herzlichen?|vielen?|schönen?) )+"
    r"gr(?:ü(?:ß|ss)en?|u(?:ß|ss))|(?:liebe|viele|beste)? ?gr(?:ü|ue)(?:ß|ss)e|mfg|lg|vg|"
    r"hochachtungsvoll|herzlich|vielen dank|danke",
    devices=r"Von meinem .+ gesendet|Gesendet (?:von|mit) |Diese Nachricht wurde von meinem|"
    r"(?:Holen Sie sich )?Outlook für \w+",
    replies="aw|antw|wg",
    absences=r"automatische antwort|abwesenheitsnotiz|abwesenheit|nicht im büro|außer haus|"
    r"automatische abwesenheit|autoantwort",
    returns=r"unzustellbar|nicht zustellbar|zustellung fehlgeschlagen|fehler bei der zustellung|"
    r"rückläufer|nachricht nicht zugestellt",
    notices=r"diese (?:e-?mail|nachricht)\b.{0,40}(?:vertraulich|ausschließlich)|vertraulichkeit",
)
SPANISH = Phrases(
    attributions=(r"E[ln]\b.+\bescribió:", r".+<\S+@\S+> escribió el\b.+:"),
    fields=("De", "Enviado(?: el)?|Fecha", "Para|CC", "Asunto"),
    originals="mensaje original|mensaje reenviado|forwarded message",
    closings=r"(?:un )?(?:cordial )?saludos?(?: cordial(?:es)?)?|atentamente|cordialmente|"
    r"(?:un )?abrazos?|(?:muchas )?gracias(?: de antemano)?|(?:reciba )?un cordial saludo",
    devices=r"Enviado desde |Enviado con |Obtener Outlook para |Enviado a través de ",
    replies="rv|res",
    absences=r"respuesta autom[aá]tica|fuera de (?:la )?oficina|ausente|de vacaciones|"
    r"ausencia|contestación automática",
    returns=r"no se puede entregar|no entregad[oa]|mensaje no entregado|error de entrega|"
    r"no se ha podido entregar|entrega fallida|devuelto",
    notices=r"este (?:mensaje|correo)\b.{0,60}(?:confidencial|exclusivamente)|aviso legal",
)
CHINESE = Phrases(
    attributions=(
        r"在.+[写寫][道到][:：]",
        r".+[于於].+[写寫][道到][:：]",
        r".+[年/-].+[写寫][道到][:：]",
    ),
    fields=("发件人|寄件者", "发送时间|日期|时间", "收件人|抄送", "主题"),
    originals="原始邮件|原邮件|转发邮件|转发的邮件|回复的原邮件",
    closings="此致|敬礼|祝好|谢谢|顺颂商祺|致敬|祝您工作愉快|此致敬礼",
    devices="发自我的|发自|从我的 .+ 发送|获取 Outlook for",
    replies="回复|答复|转发",
    absences="自动回复|自动答复|外出|不在办公室|休假",
    returns="系统退信|退信|邮件退回|无法送达|未送达|投递失败|未能送达",
    notices="[本此]邮件.{0,40}[机保]密|免责声明",
)
FRENCH = Phrases(
    attributions=(r"Le\b.+\ba écrit ?:",),
    fields=("De", "Envoyé|Date", "À|A|Cc", "Objet"),
    originals="message d'origine|message original|message transféré|message transmis",
    closings=r"(?:bien )?(?:cordialement|amicalement|à vous)|salutations(?: distinguées)?|"
    r"(?:bonne journée)|merci(?: d'avance| beaucoup)?|bien à vous|amitiés",
    devices=r"Envoyé (?:de|depuis|avec|à partir) |Télécharger Outlook pour ",
    replies="rép|tr",
    absences=r"réponse automatique|absence|absent|en congés?",
    returns=r"non remis|échec de (?:la )?(?:remise|distribution)|message non distribué",
    notices=r"ce (?:message|courriel|mail)\b.{0,60}(?:confidentiel|exclusivement)",
)
ALL = (ENGLISH, GERMAN, SPANISH, CHINESE, FRENCH)
"""Every language; all are tried on each mail, for people quote across languages."""


def _any(parts: list[str]) -> str:
    return "|".join(f"(?:{part})" for part in parts)


ATTRIBUTIONS = tuple(
    re.compile(rf"{line}\Z", re.IGNORECASE | re.DOTALL)
    for phrases in ALL
    for line in phrases.attributions
)
ORIGINALS = re.compile(
    rf"[-_=\s]{{3,}}(?:{_any([p.originals for p in ALL])})[-_=\s:]{{2,}}\Z", re.IGNORECASE
)
CLOSINGS = re.compile(rf"(?:{_any([p.closings for p in ALL])})\s*[,.!，。！]*\Z", re.IGNORECASE)
ADDRESSED = re.compile(r"[^\n]*\S@\S+[^\n]*\d[^\n]*[:：]\Z")
"""In no language: an address, then a number, of a day or a time, and a colon."""
NOTICES = re.compile(rf"\W*(?:{_any([p.notices for p in ALL])})", re.IGNORECASE)
DEVICES = re.compile(rf"(?:{_any([p.devices for p in ALL])})", re.IGNORECASE)
REPLY = re.compile(
    rf"(?:(?:{_any([p.replies for p in ALL])})(?:\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE
)
ABSENCES = re.compile(rf"\W*(?:{_any([p.absences for p in ALL])})", re.IGNORECASE)
RETURNS = re.compile(rf"\W*(?:{_any([p.returns for p in ALL])})", re.IGNORECASE)
FIELDS = tuple(
    re.compile(rf"[*\s]*(?:{names})\s*[:：][*\s]*(?P<rest>.*)", re.IGNORECASE)
    for names in (_any([p.fields[place] for p in ALL]) for place in range(4))
)
"""Lines that tell who, when, to whom and about what."""
