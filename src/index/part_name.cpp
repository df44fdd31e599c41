// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/part_name.h"

#include <algorithm>

#include "base/file_replacement.h"
#include "base/hash.h"
#include "base/time.h"

namespace nunmul {
namespace {

constexpr std::size_t kDateDigits = 8;
constexpr std::size_t kTimeDigits = 6;  // and more
constexpr std::size_t kRandomDigits = 8;

bool are_all_of(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

}  // namespace

std::string new_part_name(Part part) {
  std::string time = to_rfc3339(now());
  std::erase_if(time, [](char c) { return c == '-' || c == ':' || c == '.' || c == 'Z'; });
  return static_cast<char>(part) + time + "-" + random_uuid().substr(0, kRandomDigits);
}

bool is_part_name(std::string_view name, Part part) {
  if (!name.starts_with(static_cast<char>(part))) return false;
  const std::size_t date_end = name.find('T');
  const std::size_t time_end = name.find('-');
  if (date_end != 1 + kDateDigits || time_end == std::string_view::npos) return false;
  if (time_end < date_end + 1 + kTimeDigits || name.size() != time_end + 1 + kRandomDigits) return false;
  constexpr std::string_view kDigits = "0123456789";
  return are_all_of(name.substr(1, kDateDigits), kDigits) &&
         are_all_of(name.substr(date_end + 1, time_end - date_end - 1), kDigits) &&
         are_all_of(name.substr(time_end + 1), "0123456789abcdef");
}

bool is_cut_off_write(std::string_view name) {
  const auto target = target_of_aside(name);
  if (!target) return false;
  if (*target == "CURRENT" || *target == "inputs.json") return true;
  constexpr std::string_view kEnding = ".json";
  return target->ends_with(kEnding) &&
         is_part_name(target->substr(0, target->size() - kEnding.size()), Part::Generation);
}

}  // namespace nunmul
