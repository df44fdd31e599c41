// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/present/attributes.h"

#include <algorithm>

#include "base/json_scan.h"

namespace nunmul {
AttributeSet::AttributeSet(std::vector<std::string> names)
    : all_(std::find(names.begin(), names.end(), "*") != names.end()), names_(std::move(names)) {}

AttributeSet::Part AttributeSet::part(std::string_view path) const {
  if (all_) return Part::All;
  if (names_.covers(path)) return Part::All;
  return names_.any_under(path) ? Part::Some : Part::None;
}

AttributeSelection::AttributeSelection(std::vector<AttributeSet> sets) : sets_(std::move(sets)) {
  std::erase_if(sets_, [](const AttributeSet& set) { return set.has_all(); });
}

AttributeSet::Part AttributeSelection::part(std::string_view path) const {
  AttributeSet::Part part = AttributeSet::Part::All;
  for (const AttributeSet& set : sets_) part = std::min(part, set.part(path));
  return part;
}

std::string AttributeSelection::select(std::string_view document) const {
  if (has_all()) return std::string(document);
  std::string out;
  out.reserve(document.size());
  append_object(out, document, "");
  return out;
}

// The append functions give whether anything was selected, and append a whole value in any case.
bool AttributeSelection::append_object(std::string& out, std::string_view text,
                                       const std::string& path) const {
  JsonWalker walker(text);
  out += '{';
  const std::size_t begin = out.size();
  while (const auto field = walker.next_field()) {
    const std::string child = child_path(path, field->name);
    const AttributeSet::Part wanted = part(child);
    if (wanted == AttributeSet::Part::None) continue;
    const std::size_t before = out.size();
    if (before > begin) out += ',';
    out += field->name_text;
    out += ':';
    if (wanted == AttributeSet::Part::All) {
      out += field->value;
    } else if (!append_some(out, field->value, child)) {
      out.resize(before);
    }
  }
  const bool any = out.size() > begin;
  out += '}';
  return any;
}

bool AttributeSelection::append_array(std::string& out, std::string_view text,
                                      const std::string& path) const {
  JsonWalker walker(text);
  out += '[';
  const std::size_t begin = out.size();
  while (const auto item = walker.next_item()) {
    const std::size_t before = out.size();
    if (before > begin) out += ',';
    if (!append_some(out, *item, path)) out.resize(before);
  }
  const bool any = out.size() > begin;
  out += ']';
  return any;
}

bool AttributeSelection::append_some(std::string& out, std::string_view text, const std::string& path) const {
  if (text.starts_with('{')) return append_object(out, text, path);
  if (text.starts_with('[')) return append_array(out, text, path);
  return false;
}

AttributeSelection retrieved_attributes(const std::optional<std::vector<std::string>>& to_retrieve,
                                        const Settings& settings) {
  std::vector<AttributeSet> sets{AttributeSet(settings.displayed_attributes)};
  if (to_retrieve) sets.emplace_back(*to_retrieve);
  return AttributeSelection(std::move(sets));
}

AttributeSelection displayed_attributes(const Settings& settings) {
  return retrieved_attributes(std::nullopt, settings);
}

AttributeSelection document_fields(const std::optional<std::vector<std::string>>& fields) {
  if (!fields) return {};
  return AttributeSelection({AttributeSet(*fields)});
}

std::string with_vectors(std::string document) {
  JsonWalker walker(document);
  bool empty = true;
  while (const auto field = walker.next_field()) {
    if (field->name == "_vectors") return document;
    empty = false;
  }
  document.resize(document.find_last_of('}') == document.npos ? 0 : document.find_last_of('}'));
  return document + (empty ? "\"_vectors\":{}}" : ",\"_vectors\":{}}");
}

}  // namespace nunmul
