// SPDX-License-Identifier: GPL-2.0-or-later
// From text to tokens and the terms of body text: folding, runs, and then each script's own rules. The
// text is taken in pieces of a few thousand bytes, cut where no word can go on, so that the memory for
// the work stays small.
#pragma once

#include <string_view>
#include <vector>

#include "text/hangul.h"
#include "text/kanji_forms.h"
#include "text/korean_lexicon.h"
#include "text/latin.h"
#include "text/segment.h"
#include "text/token.h"

namespace nunmul {

constexpr std::size_t kMaxTermValueBytes = 200;  // longer words are cut, in terms and stems only

// Refers to the stemmer, the lexicon and the forms, which must outlive it. Safe to call from many threads.
class Tokenizer {
 public:
  Tokenizer(const HangulStemmer& stemmer, const KoreanLexicon& lexicon, const KanjiForms& kanji_forms,
            WordRules rules = {})
      : stemmer_(stemmer), lexicon_(lexicon), kanji_forms_(kanji_forms), rules_(std::move(rules)) {}

  std::vector<Token> tokens(std::string_view text, StemLanguage language = StemLanguage::English) const;
  AnalyzedText analyze(std::string_view text, StemLanguage language = StemLanguage::English) const;

 private:
  const HangulStemmer& stemmer_;
  const KoreanLexicon& lexicon_;
  const KanjiForms& kanji_forms_;
  WordRules rules_;
};

}  // namespace nunmul
