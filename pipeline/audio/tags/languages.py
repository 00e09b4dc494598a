"""Languages as tags write them: three letters (ISO 639-2), where feeds and pages write two (ISO 639-1)."""

from __future__ import annotations

import re

# The two letters, then the three of ISO 639-2/T.
_TABLE = """
aaaar ababk aeave afafr akaka amamh anarg arara asasm avava ayaym azaze babak bebel bgbul bibis
bmbam bnben bobod brbre bsbos cacat ceche chcha cocos crcre csces cuchu cvchv cycym dadan dedeu
dvdiv dzdzo eeewe elell eneng eoepo esspa etest eueus fafas ffful fifin fjfij fofao frfra fyfry
gagle gdgla glglg gngrn guguj gvglv hahau heheb hihin hohmo hrhrv hthat huhun hyhye hzher iaina
idind ieile igibo iiiii ikipk ioido isisl itita iuiku jajpn jvjav kakat kgkon kikik kjkua kkkaz
klkal kmkhm knkan kokor krkau kskas kukur kvkom kwcor kykir lalat lbltz lglug lilim lnlin lolao
ltlit lulub lvlav mgmlg mhmah mimri mkmkd mlmal mnmon mrmar msmsa mtmlt mymya nanau nbnob ndnde
nenep ngndo nlnld nnnno nonor nrnbl nvnav nynya ococi ojoji omorm orori ososs papan pipli plpol
pspus ptpor quque rmroh rnrun roron rurus rwkin sasan scsrd sdsnd sesme sgsag sisin skslk slslv
smsmo snsna sosom sqsqi srsrp ssssw stsot susun svswe swswa tatam tetel tgtgk ththa titir tktuk
tntsn toton trtur tstso tttat tytah uguig ukukr ururd uzuzb veven vivie vovol wawln wowol xhxho
yiyid yoyor zazha zhzho zuzul
"""
_THREE = {pair[:2]: pair[2:] for pair in _TABLE.split()}
# What libraries write instead (ISO 639-2/B).
_OLDER = {
    "alb": "sq", "arm": "hy", "baq": "eu", "bur": "my", "chi": "zh", "cze": "cs", "dut": "nl", "fre": "fr",
    "geo": "ka", "ger": "de", "gre": "el", "ice": "is", "mac": "mk", "mao": "mi", "may": "ms", "per": "fa",
    "rum": "ro", "slo": "sk", "tib": "bo", "wel": "cy",
}  # fmt: skip
_TWO = {three: two for two, three in _THREE.items()} | _OLDER


def two_letters(text: str) -> str:
    """`de` for `deu`, `ger`, `de-DE` and `de`; "" for what is no known language of two letters."""
    code = text.lower().partition("-")[0]
    return _TWO.get(code, code if re.fullmatch(r"[a-z]{2}", code) else "")


def three_letters(tag: str) -> str:
    """`deu` for `de` and `de-AT`; a language that has three letters only keeps them; "" for none."""
    code = tag.lower().partition("-")[0]
    return _THREE.get(code, code if re.fullmatch(r"[a-z]{3}", code) else "")
