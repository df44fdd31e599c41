// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/present/explanation.h"

#include <array>
#include <cstdio>

namespace nunmul {
namespace {

// At most so many of the terms that are asked for as one, which may be a hundred.
constexpr std::size_t kMaxShown = 8;

std::string number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4f", value);
  return text.data();
}

std::string count(double value) { return std::to_string(static_cast<std::uint64_t>(value)); }

std::string words_of(const Alternative& alternative) {
  std::string words;
  for (const WordPattern& word : alternative.words)
    words.append(words.empty() ? "" : " ").append(word.token().word);
  return words;
}

std::string line(const PlannedTerm& term) {
  const std::string_view value = std::string_view(term.term).substr(1);
  return std::string(row_of(term.family).name) + " " + std::string(value) + " " + number(term.weight) + "\n";
}

void append(std::string& out, const std::vector<PlannedTerm>& terms, const std::string& indent) {
  for (std::size_t t = 0; t < terms.size() && t < kMaxShown; ++t) {
    const auto& together = terms[t].together;
    if (together && together->size() > 1) out += indent + "any of " + std::to_string(together->size()) + "\n";
    if (together)
      append(out, *together, together->size() > 1 ? indent + "  " : indent);
    else
      out += indent + line(terms[t]);
  }
  if (terms.size() > kMaxShown) out += indent + "and " + std::to_string(terms.size() - kMaxShown) + " more\n";
}

void append_unit(std::string& out, const QueryPlan& plan, std::uint32_t number_of_unit) {
  const PlannedUnit& unit = plan.units[number_of_unit];
  std::string own, others;
  for (const Alternative& alternative : plan.alternatives)
    if (alternative.first_unit == number_of_unit)
      (alternative.exact ? own : others).append(" | ").append(words_of(alternative));
  out += "  unit " + std::to_string(number_of_unit + 1) + ":" + (own + others).substr(2);
  out += " (" + count(unit.documents) + " documents)\n";
  append(out, unit.any, "    ");
  for (const auto& all : unit.all) {
    out += "    all of\n";
    append(out, all, "      ");
  }
}

}  // namespace

std::string explain_plan(const QueryPlan& plan, const Ranking& ranking) {
  std::string out = "plan: " + std::to_string(plan.units.size()) + " units, ";
  out += plan.terms.empty() ? std::to_string(plan.required) + " required\n"
                            : "full weight " + number(plan.full_weight) + "\n";
  for (std::uint32_t u = 0; u < plan.units.size(); ++u) append_unit(out, plan, u);
  if (!plan.terms.empty()) {
    out += "  asked by weight\n";
    append(out, plan.terms, "    ");
  }
  return out + "retrieved: " + std::to_string(ranking.retrieved) + " documents, of " +
         std::to_string(ranking.total) + " that fit " + std::to_string(ranking.documents.size()) +
         " are ranked\n";
}

std::string explain_rules(const Curated& curated) {
  std::string out;
  for (const std::string& name : curated.rules) out += (out.empty() ? "rules: " : ", ") + name;
  if (out.empty()) return out;
  return out + ": " + std::to_string(curated.pins.size()) + " pinned, " +
         std::to_string(curated.hidden.size()) + " hidden, " + std::to_string(curated.boosts.size()) +
         " boosts" + (curated.redirect.empty() ? "" : ", redirect to " + curated.redirect) + "\n";
}

std::string explain_score(const std::vector<ScoreRow>& rows) {
  std::string out;
  for (const ScoreRow& row : rows) {
    out.append(row.name).append(": ");
    if (row.weight == 0)
      out += count(row.value) + " of " + count(row.of) + "\n";
    else
      out += number(row.weight) + " * " + number(row.value / row.of) + " = " + number(row.points()) + "\n";
  }
  return out;
}

}  // namespace nunmul
