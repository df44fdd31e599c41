// SPDX-License-Identifier: GPL-2.0-or-later
// A small folder of language resources for tests, with an entry of each kind.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/files.h"
#include "support/temp_dir.h"
#include "text/language_resources.h"

namespace nunmul {

struct SampleFile {
  std::string name;
  std::string bytes;
};

inline const std::vector<SampleFile>& sample_files() {
  static const std::vector<SampleFile> files = {
      {"particles-ko.txt", "# after nouns\n은 는 이 가 을 를\n의 에 에는 에서 와 과 도 로 으로 라\n"},
      {"endings-ko.txt", "했지만 하다 습니다\n"},
      {"stopwords.txt", "the\nof\ndoing\n것\nどこ\n"},
      {"kyujitai.tsv", "國\t国\n戀\t恋\n"},
  };
  return files;
}

inline std::shared_ptr<const LanguageResources> resources_of(const std::vector<SampleFile>& files) {
  const TempDir folder;
  for (const SampleFile& file : files) write_file_atomically(folder / file.name, file.bytes);
  return LanguageResources::load(folder.path());
}

inline std::shared_ptr<const LanguageResources> sample_resources() { return resources_of(sample_files()); }

}  // namespace nunmul
