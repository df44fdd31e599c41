// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/latin.h"

#include <xapian.h>

#include <functional>
#include <vector>

namespace nunmul {
namespace {

constexpr std::size_t kRemembered = 8192;      // words for each thread, a power of two
constexpr std::size_t kMaxRememberedBytes = 32;  // longer words are rare and not worth the memory
constexpr std::size_t kMaxStemmedBytes = 64;     // beyond it nothing is a word of English

class RememberingStemmer {
 public:
  const std::string& stem(const std::string& word) {
    if (word.size() > kMaxStemmedBytes) return word;
    if (word.size() > kMaxRememberedBytes) return last_ = stemmer_(word);
    Row& row = rows_[std::hash<std::string_view>{}(word) % kRemembered];
    if (row.word != word) {
      row.stem = stemmer_(word);
      row.word = word;
    }
    return row.stem;
  }

 private:
  struct Row {
    std::string word;
    std::string stem;
  };
  Xapian::Stem stemmer_{"english"};
  std::vector<Row> rows_{kRemembered};
  std::string last_;
};

}  // namespace

const std::string& latin_stem(const std::string& word) {
  thread_local RememberingStemmer stemmer;
  return stemmer.stem(word);
}

}  // namespace nunmul
