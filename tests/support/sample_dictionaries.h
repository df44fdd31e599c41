// SPDX-License-Identifier: GPL-2.0-or-later
// A folder with small dictionaries, laid out as Debian's packages have them below /usr/share.
#pragma once

#include <string>

#include "base/files.h"
#include "support/temp_dir.h"
#include "text/word_translations.h"

namespace nunmul {

// Lines of EDICT's form in EUC-JP, the words in UTF-8 beside them.
inline const std::string& sample_edict() {
  static const std::string bytes =
      "\xc5\xf4\xc2\xe6 [\xa4\xc8\xa4\xa6\xa4\xc0\xa4\xa4] /(n) lighthouse/(P)/\n"  // 灯台
      "\xc2\xac\xa4\xeb [\xa4\xcf\xa4\xab\xa4\xeb] /(v5r,vt) (1) to measure (weight, {length})/to gauge/(2) "
      "a "
      "yardstick/size up/survey/(P)/\n"                                                         // 測る
      "\xbb\xfe\xc2\xe5 [\xa4\xb8\xa4\xc0\xa4\xa4] /(n) era/(n) age/(P)/\r\n"                   // 時代
      "\xc5\xf5\xc9\xb8 [\xa4\xc8\xa4\xa6\xa4\xd2\xa4\xe7\xa4\xa6] /(n) beacon/\n"              // 燈標
      "\xa5\xe9\xa5\xf3\xa5\xd7 /(n) lamp/(P)/\n"                                               // ランプ
      "\xd4\xa2\xcc\xb1 [\xa4\xb3\xa4\xaf\xa4\xdf\xa4\xf3] /(n) nation/(P)/\n"                  // 國民
      "\xbc\xf3\xc1\xea [\xa4\xb7\xa4\xe5\xa4\xb7\xa4\xe7\xa4\xa6] /(n) Prime Minister/(P)/\n"  // 首相
      "no entry at all (P)\n";
  return bytes;
}

inline const std::string& sample_annotations_en() {
  static const std::string xml =
      "<ldml><annotations>\n"
      "<annotation cp=\"a\">anchor | ship | tool &amp; gear</annotation>\n"
      "<annotation cp=\"b\">ship | ferry</annotation>\n"
      "<annotation cp=\"c\" type=\"tts\">lantern</annotation>\n"
      "</annotations></ldml>\n";
  return xml;
}

inline const std::string& sample_annotations_ko() {
  static const std::string xml =
      "<ldml><annotations>\n"
      "<annotation cp=\"a\">닻 | 선박</annotation>\n"
      "<annotation cp=\"b\">선박</annotation>\n"
      "<annotation cp=\"c\">등불</annotation>\n"
      "</annotations></ldml>\n";
  return xml;
}

inline const std::string& sample_names_en() {
  static const std::string xml =
      "<ldml><languages><language type=\"de\">German</language></languages><territories>\n"
      "<territory type=\"DE\">Germany</territory>\n"
      "<territory type=\"US\">United States</territory>\n"
      "<territory type=\"US\" alt=\"short\">US</territory>\n"
      "<territory type=\"XX\">A name of too many words</territory></territories></ldml>\n";
  return xml;
}

inline const std::string& sample_names_ko() {
  static const std::string xml =
      "<ldml><languages><language type=\"de\">독일어</language></languages><territories>\n"
      "<territory type=\"DE\">독일</territory>\n"
      "<territory type=\"US\">미국</territory>\n"
      "<territory type=\"XX\">먼나라</territory></territories>\n"
      "<zone type=\"America/New_York\">\n  <exemplarCity>뉴욕</exemplarCity>\n</zone>\n"
      "<zone type=\"Asia/Seoul\">\n</zone></ldml>\n";
  return xml;
}

class SampleDictionaries {
 public:
  SampleDictionaries() {
    const DictionaryPlaces at = places();
    std::filesystem::create_directories(at.edict.parent_path());
    std::filesystem::create_directories(at.annotations);
    std::filesystem::create_directories(at.names);
    write_file(at.names / "en.xml", sample_names_en());
    write_file(at.names / "ko.xml", sample_names_ko());
    write_file(at.edict, sample_edict());
    write_file(at.annotations / "en.xml", sample_annotations_en());
    write_file(at.annotations / "ko.xml", sample_annotations_ko());
  }

  DictionaryPlaces places() const { return DictionaryPlaces::below(folder_.path()); }

 private:
  TempDir folder_;
};

}  // namespace nunmul
