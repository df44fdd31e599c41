// SPDX-License-Identifier: GPL-2.0-or-later
// Reads the values of settings from untrusted JSON: a value together with the place it stands at, so
// that each failure names the place, what was expected and what was found.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"

namespace nunmul {

// A value at a path (".typoTolerance.enabled"; "" for a whole body), and the code that its failures
// carry. The value outlives the place.
class SettingPlace {
 public:
  SettingPlace(const Json& value, std::string path, ErrorCode code)
      : value_(&value), path_(std::move(path)), code_(code) {}

  const Json& value() const { return *value_; }
  bool is_null() const { return value_->is_null(); }
  ErrorCode code() const { return code_; }

  // The value as that type; throws else.
  std::string text() const;
  bool boolean() const;
  std::uint32_t number(std::uint32_t largest = UINT32_MAX) const;  // from 0
  std::vector<std::string> texts() const;                          // an array of strings
  std::vector<std::string> set_of_texts() const;                   // likewise, sorted, each once
  // One of a few words.
  std::string choice(std::initializer_list<std::string_view> choices) const;

  std::vector<SettingPlace> items() const;  // of an array
  // Calls for each field of an object, whose name must be one of `fields` unless that is empty.
  void for_each_field(std::initializer_list<std::string_view> fields,
                      const std::function<void(std::string_view name, const SettingPlace&)>& visit) const;
  // A field of an object that must be there.
  SettingPlace required(std::string_view name) const;

  // "Invalid value at `.rankingRules[0]`: " and the problem.
  [[noreturn]] void fail(const std::string& problem) const;

 private:
  [[noreturn]] void fail_type(std::string_view expected) const;
  std::string at() const;
  std::string inside() const;

  const Json* value_;
  std::string path_;
  ErrorCode code_;
};

// "`a`, `b`".
std::string backquoted_list(const std::vector<std::string_view>& names);

}  // namespace nunmul
