// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/analyzer.h"

#include "base/utf8.h"
#include "text/language_resources.h"
#include "text/name_terms.h"
#include "text/tokenizer.h"

namespace nunmul {

struct Analyzer::Impl {
  Impl(std::shared_ptr<const LanguageResources> the_resources, const AnalyzerSettings& settings)
      : resources(std::move(the_resources)),
        tokenizer(resources->hangul_stemmer(), resources->korean_lexicon(), resources->kanji_forms(),
                  WordRules(settings.separators, settings.non_separators, settings.dictionary)) {}

  std::shared_ptr<const LanguageResources> resources;
  Tokenizer tokenizer;
};

Analyzer::Analyzer(std::shared_ptr<const LanguageResources> resources, AnalyzerSettings settings)
    : impl_(std::make_unique<Impl>(std::move(resources), settings)) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

AnalyzedText Analyzer::analyze(std::string_view utf8, StemLanguage language) const {
  return impl_->tokenizer.analyze(utf8, language);
}

std::vector<Token> Analyzer::tokenize(std::string_view utf8) const { return impl_->tokenizer.tokens(utf8); }

std::vector<Term> Analyzer::name_terms(std::string_view utf8) const {
  utf8 = utf8_prefix(utf8, kMaxNameBytes);
  return nunmul::name_terms(*impl_->resources, utf8, impl_->tokenizer.tokens(utf8));
}

const LanguageResources& Analyzer::resources() const { return *impl_->resources; }

}  // namespace nunmul
