// SPDX-License-Identifier: GPL-2.0-or-later
// Which fields of a document are shown: chosen by names, within what may be displayed. Order and shape
// stay as they were sent.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "index/attribute_names.h"
#include "index/settings.h"

namespace nunmul {

// Names of attributes, each with everything nested under it; "*" is all of them.
class AttributeSet {
 public:
  AttributeSet() = default;  // all
  explicit AttributeSet(std::vector<std::string> names);

  enum class Part { None, Some, All };
  // How much of what is at a path belongs to the set; Some: only names nested under it.
  Part part(std::string_view path) const;
  bool has_all() const { return all_; }

 private:
  bool all_ = true;
  AttributeNames names_;
};

// The fields that belong to every one of some sets.
class AttributeSelection {
 public:
  AttributeSelection() = default;  // everything
  explicit AttributeSelection(std::vector<AttributeSet> sets);

  AttributeSet::Part part(std::string_view path) const;
  bool has_all() const { return sets_.empty(); }

  // The text of the selected fields of a document's text: itself if all are, else put together from
  // its parts, unchanged. Objects and arrays of which nothing is selected are left out.
  std::string select(std::string_view document) const;

 private:
  bool append_object(std::string& out, std::string_view text, const std::string& path) const;
  bool append_array(std::string& out, std::string_view text, const std::string& path) const;
  bool append_some(std::string& out, std::string_view text, const std::string& path) const;

  std::vector<AttributeSet> sets_;
};

// The attributes that a search shows: attributesToRetrieve within displayedAttributes.
AttributeSelection retrieved_attributes(const std::optional<std::vector<std::string>>& to_retrieve,
                                        const Settings& settings);
// The attributes that displayedAttributes allows.
AttributeSelection displayed_attributes(const Settings& settings);
// The attributes that `fields` of the document routes names; nothing or `*` is all.
AttributeSelection document_fields(const std::optional<std::vector<std::string>>& fields);

// The document's text with `"_vectors":{}` as its last field, unless it has one.
std::string with_vectors(std::string document);

}  // namespace nunmul
