// SPDX-License-Identifier: GPL-2.0-or-later
// The texts of a document that are searched: strings and numbers at any depth, below the attributes
// that the settings call searchable.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/json.h"
#include "index/attribute_names.h"
#include "index/settings.h"

namespace nunmul {

struct TextField {
  std::string path;        // "title", "genre.name"
  std::uint32_t rank = 0;  // place in searchableAttributes
  bool is_name = false;    // carries the families of names too
  FieldLanguages languages;
};

// Remembers what the settings say of each path, so that documents of one kind cost no decisions. For
// one thread.
class DocumentTexts {
 public:
  explicit DocumentTexts(const Settings& settings);

  // Calls visit(field, text, new_item) for each text in the order of the document. `new_item` says
  // that it is an item of an array that is not the first under that field.
  using Visit = std::function<void(const TextField&, std::string_view, bool)>;
  void for_each(const Json& document, const Visit& visit);

 private:
  void descend(const Json& value, std::string& path, const Visit& visit, bool new_item);
  const TextField* find(const std::string& path);

  const Settings& settings_;
  AttributeNames searchable_;
  AttributeNames names_;
  std::unordered_map<std::string, std::optional<TextField>> fields_;
};

}  // namespace nunmul
