// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/value_labels.h"

namespace nunmul {

void ValueLabels::add(const std::string& language, const std::string& field, const std::string& value,
                      std::string label) {
  languages_[language][field][value] = std::move(label);
}

std::string_view ValueLabels::find(std::string_view language, std::string_view field,
                                   std::string_view value) const {
  const Fields& fields = in(language);
  const auto values = fields.find(field);
  if (values == fields.end()) return value;
  const auto label = values->second.find(value);
  return label == values->second.end() ? value : std::string_view(label->second);
}

const ValueLabels::Fields& ValueLabels::in(std::string_view language) const {
  static const Fields nothing;
  const auto found = languages_.find(language);
  return found == languages_.end() ? nothing : found->second;
}

}  // namespace nunmul
