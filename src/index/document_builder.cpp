// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/document_builder.h"

#include <algorithm>
#include <functional>

#include "base/utf8.h"
#include "index/forward.h"
#include "text/language_resources.h"
#include "text/name_terms.h"
#include "text/theme_reading.h"

namespace nunmul {
namespace {

// The first letters of a title of three or more Latin words, as fans shorten them (iotnbo); "" for others.
std::string acronym_of(const std::vector<Token>& tokens) {
  constexpr std::size_t kMinWords = 3, kMaxWords = 12;
  if (tokens.size() < kMinWords || tokens.size() > kMaxWords) return "";
  std::string letters;
  for (const Token& token : tokens) {
    if (token.script != Script::Latin) return "";
    letters += utf8_prefix(token.word, decode_utf8(token.word, 0).length);
  }
  return letters;
}

// Stands before the term of a theme that its word may not mean, until the document has been read.
constexpr char kInDoubt = '?';

// A doubtful term counts if the document has the same by another word.
void settle_doubtful(auto& occurrences) {
  const auto in_doubt = [](const auto& occurrence) { return occurrence.term.front() == kInDoubt; };
  if (std::none_of(occurrences.begin(), occurrences.end(), in_doubt)) return;
  const auto first = std::stable_partition(occurrences.begin(), occurrences.end(), std::not_fn(in_doubt));
  const auto doubtful = std::remove_if(first, occurrences.end(), [&](auto& occurrence) {
    occurrence.term.erase(0, 1);
    return std::none_of(occurrences.begin(), first,
                        [&](const auto& sure) { return sure.term == occurrence.term; });
  });
  occurrences.erase(doubtful, occurrences.end());
}

}  // namespace

std::uint32_t WordCounts::count(const Token& token, std::uint32_t document) {
  const std::uint32_t number = words_.add(token.word);
  if (number == rows_.size()) rows_.push_back({stems_.add(token.stem), token.script});
  Row& row = rows_[number];
  if (row.last_document != document) {
    row.last_document = document;
    ++row.documents;
  }
  return number;
}

FamilyTotals& FamilyTotals::operator+=(const FamilyTotals& other) {
  for (std::size_t f = 0; f < terms.size(); ++f) {
    terms[f] += other.terms[f];
    documents[f] += other.documents[f];
  }
  return *this;
}

DocumentBuilder::DocumentBuilder(const Settings& settings, const Analyzer& analyzer)
    : analyzer_(analyzer), texts_(settings) {}

void DocumentBuilder::build(const Json& document) {
  occurrences_.clear();
  for (auto& occurrences : spelling_occurrences_) occurrences.clear();
  fields_.clear();
  texts_.for_each(document, [this](const TextField& field, std::string_view text, bool new_item) {
    add_text(field, text, new_item);
  });
  settle_doubtful(occurrences_);
  gather_spellings();
  gather_postings();
  ++document_;
}

DocumentBuilder::Field& DocumentBuilder::field_of(const TextField& field) {
  const auto [known, is_new] =
      field_numbers_.emplace(field.path, static_cast<std::uint32_t>(field_names_.size()));
  if (is_new) {
    field_names_.push_back(field.path);
    field_places_.emplace_back();
  }
  FieldPlace& place = field_places_[known->second];
  if (place.document != document_) {
    place = {document_, static_cast<std::uint32_t>(fields_.size())};
    fields_.push_back({known->second, {}});
  }
  return fields_[place.place];
}

void DocumentBuilder::add_text(const TextField& field, std::string_view text, bool new_item) {
  const AnalyzedText analyzed = analyzer_.analyze(text, field.languages.stems);
  Field& words = field_of(field);
  if (new_item && !words.words.empty()) words.words.push_back(kItemBreak);
  for (const Token& token : analyzed.tokens) words.words.push_back(words_.count(token, document_));
  add_terms(analyzed.terms, field.is_name);
  if (field.is_name) {
    add_terms(name_terms(field, text), true);
    if (const std::string acronym = acronym_of(analyzed.tokens); !acronym.empty())
      add_terms({{Family::Initials, acronym, 0}}, true);
    if (!analyzed.tokens.empty())
      add_terms({{Family::KeySequence, whole_name(typed_letters(analyzed.tokens)), 0}}, true);
  }
  add_known(field, analyzed.tokens);
}

// A language that is declared leaves no room for the readings of its characters in another.
std::vector<Term> DocumentBuilder::name_terms(const TextField& field, std::string_view text) const {
  std::vector<Term> terms = analyzer_.name_terms(text);
  if (!field.languages.kana_readings)
    std::erase_if(terms, [](const Term& term) { return term.family == Family::Reading; });
  if (!field.languages.hanja_readings)
    std::erase_if(terms, [](const Term& term) { return term.family == Family::HanjaStem; });
  return terms;
}

// Themes, and names under any of their spellings. A field that is nothing but a theme says it as clearly
// as a title does. One that also means something else counts only there, or for names where names stand.
void DocumentBuilder::add_known(const TextField& field, const std::vector<Token>& tokens) {
  const LanguageResources& resources = analyzer_.resources();
  for (const ConceptMatch& match : resources.find_concepts(tokens)) {
    const bool alone = match.count == tokens.size();
    if (match.ambiguous && !alone) continue;
    std::string term = term_of(Family::Concept, match.id);
    if (may_read_otherwise(resources, tokens, match)) term.insert(0, 1, kInDoubt);
    occurrences_.push_back({std::move(term), Family::Concept, field.is_name || alone});
  }
  for (const NameMatch& match : resources.find_names(tokens))
    if (!match.ambiguous || field.is_name)
      occurrences_.push_back(
          {term_of(Family::Name, resources.name_groups()[match.group].id), Family::Name, field.is_name});
}

void DocumentBuilder::add_terms(const std::vector<Term>& terms, bool in_name) {
  for (const Term& term : terms) {
    if (is_spelling(term.family)) {
      const std::size_t family = spelling_number(term.family);
      spelling_occurrences_[family].push_back(spellings_[family].add(term_value(term.value)));
    } else {
      occurrences_.push_back({term_of(term.family, term.value), term.family, in_name});
    }
  }
}

void DocumentBuilder::gather_spellings() {
  for (const Family family : kSpellingFamilies) {
    std::vector<std::uint32_t>& occurrences = spelling_occurrences_[spelling_number(family)];
    std::vector<Spelling>& spellings = document_spellings_[spelling_number(family)];
    totals_.terms[static_cast<std::size_t>(family)] += occurrences.size();
    totals_.documents[static_cast<std::size_t>(family)] += !occurrences.empty();
    std::sort(occurrences.begin(), occurrences.end());
    spellings.clear();
    for (const std::uint32_t number : occurrences) {
      if (spellings.empty() || spellings.back().number != number) spellings.push_back({number, 0});
      ++spellings.back().count;
    }
  }
}

void DocumentBuilder::gather_postings() {
  std::array<std::uint32_t, kFamilyCount> lengths{};
  for (const Occurrence& occurrence : occurrences_) ++lengths[static_cast<std::size_t>(occurrence.family)];
  for (std::size_t f = 0; f < lengths.size(); ++f) {
    totals_.terms[f] += lengths[f];
    totals_.documents[f] += lengths[f] > 0;
  }
  std::sort(occurrences_.begin(), occurrences_.end(),
            [](const Occurrence& a, const Occurrence& b) { return a.term < b.term; });
  postings_.clear();
  for (std::size_t i = 0; i < occurrences_.size();) {
    std::uint32_t in_name = 0, in_body = 0;
    std::size_t j = i;
    for (; j < occurrences_.size() && occurrences_[j].term == occurrences_[i].term; ++j)
      ++(occurrences_[j].in_name ? in_name : in_body);
    const std::uint32_t length = lengths[static_cast<std::size_t>(occurrences_[i].family)];
    const bool has_length = row_of(occurrences_[i].family).has_length;
    const PostingCode code{std::min(in_name, kNameSteps - 1), body_step(in_body),
                           has_length ? length_step(length) : 0};
    postings_.emplace_back(std::move(occurrences_[i].term), wdf_of(code));
    i = j;
  }
}

}  // namespace nunmul
