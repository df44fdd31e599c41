// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/locales.h"

namespace nunmul {
namespace {

// Every ISO 639-1 code followed by its ISO 639-3 one, in blocks of five letters, sorted.
constexpr std::string_view kPairs =
    "aaaar" "ababk" "aeave" "afafr" "akaka" "amamh" "anarg" "arara" "asasm" "avava" "ayaym" "azaze"
    "babak" "bebel" "bgbul" "bhbih" "bibis" "bmbam" "bnben" "bobod" "brbre" "bsbos" "cacat" "ceche"
    "chcha" "cocos" "crcre" "csces" "cuchu" "cvchv" "cycym" "dadan" "dedeu" "dvdiv" "dzdzo" "eeewe"
    "elell" "eneng" "eoepo" "esspa" "etest" "eueus" "fafas" "ffful" "fifin" "fjfij" "fofao" "frfra"
    "fyfry" "gagle" "gdgla" "glglg" "gngrn" "guguj" "gvglv" "hahau" "heheb" "hihin" "hohmo" "hrhrv"
    "hthat" "huhun" "hyhye" "hzher" "iaina" "idind" "ieile" "igibo" "iiiii" "ikipk" "ioido" "isisl"
    "itita" "iuiku" "jajpn" "jvjav" "kakat" "kgkon" "kikik" "kjkua" "kkkaz" "klkal" "kmkhm" "knkan"
    "kokor" "krkau" "kskas" "kukur" "kvkom" "kwcor" "kykir" "lalat" "lbltz" "lglug" "lilim" "lnlin"
    "lolao" "ltlit" "lulub" "lvlav" "mgmlg" "mhmah" "mimri" "mkmkd" "mlmal" "mnmon" "mrmar" "msmsa"
    "mtmlt" "mymya" "nanau" "nbnob" "ndnde" "nenep" "ngndo" "nlnld" "nnnno" "nonor" "nrnbl" "nvnav"
    "nynya" "ococi" "ojoji" "omorm" "orori" "ososs" "papan" "pipli" "plpol" "pspus" "ptpor" "quque"
    "rmroh" "rnrun" "roron" "rurus" "rwkin" "sasan" "scsrd" "sdsnd" "sesme" "sgsag" "shhbs" "sisin"
    "skslk" "slslv" "smsmo" "snsna" "sosom" "sqsqi" "srsrp" "ssssw" "stsot" "susun" "svswe" "swswa"
    "tatam" "tetel" "tgtgk" "ththa" "titir" "tktuk" "tltgl" "tntsn" "toton" "trtur" "tstso" "tttat"
    "twtwi" "tytah" "uguig" "ukukr" "ururd" "uzuzb" "veven" "vivie" "vovol" "wawln" "wowol" "xhxho"
    "yiyid" "yoyor" "zazha" "zhzho" "zuzul";
constexpr std::size_t kPair = 5;
static_assert(kPairs.size() % kPair == 0);

// Single languages of a group that has a code of its own, and what they are treated as.
constexpr struct {
  std::string_view code, as;
} kMembers[] = {{"cmn", "zho"}, {"yue", "zho"}, {"wuu", "zho"}, {"nan", "zho"}, {"hak", "zho"},
                {"lzh", "zho"}, {"pes", "fas"}, {"prs", "fas"}, {"arb", "ara"}, {"ekk", "est"},
                {"lvs", "lav"}, {"zsm", "msa"}, {"zlm", "msa"}, {"swh", "swa"}, {"khk", "mon"},
                {"azj", "aze"}, {"azb", "aze"}, {"uzn", "uzb"}, {"npi", "nep"}, {"ory", "ori"},
                {"fil", "tgl"}, {"okm", "kor"}, {"jje", "kor"}};

}  // namespace

std::optional<std::string_view> find_locale(std::string_view code) {
  for (std::size_t i = 0; i < kPairs.size(); i += kPair) {
    const std::string_view two = kPairs.substr(i, 2), three = kPairs.substr(i + 2, 3);
    if (code == two || code == three) return three;
  }
  for (const auto& [member, as] : kMembers) {
    if (code == member) return as;
  }
  return std::nullopt;
}

}  // namespace nunmul
