// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/document_texts.h"

namespace nunmul {

DocumentTexts::DocumentTexts(const Settings& settings)
    : settings_(settings), searchable_(settings.searchable_attributes), names_(settings.name_attributes) {}

const TextField* DocumentTexts::find(const std::string& path) {
  const auto known = fields_.find(path);
  if (known != fields_.end()) return known->second ? &*known->second : nullptr;
  std::optional<TextField> field;
  if (const auto rank = searchable_.first_match(path))
    field = TextField{path, *rank, names_.covers(path), field_languages(settings_, path)};
  const auto& kept = fields_.emplace(path, std::move(field)).first->second;
  return kept ? &*kept : nullptr;
}

void DocumentTexts::descend(const Json& value, std::string& path, const Visit& visit, bool new_item) {
  if (value.is_object()) {
    const std::size_t length = path.size();
    for (const auto& [name, item] : value.items()) {
      if (length > 0) path += '.';
      path += name;
      // Reserved fields hold numbers for machines.
      if (path != "_geo" && path != "_vectors") descend(item, path, visit, new_item);
      path.resize(length);
    }
  } else if (value.is_array()) {
    bool first = true;
    for (const Json& item : value) {
      descend(item, path, visit, new_item || !first);
      first = false;
    }
  } else if (value.is_string()) {
    if (const TextField* field = find(path)) visit(*field, value.get_ref<const std::string&>(), new_item);
  } else if (number_value(value)) {
    if (const TextField* field = find(path)) visit(*field, dump_json(value), new_item);
  }
}

void DocumentTexts::for_each(const Json& document, const Visit& visit) {
  std::string path;
  descend(document, path, visit, false);
}

}  // namespace nunmul
