// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/loggable_path.h"

#include "base/ascii_text.h"
#include "http/http_message.h"

namespace nunmul {
namespace {

constexpr std::size_t kSecretDigits = 64;
constexpr std::string_view kMask = "…";

void mask_hex_runs(std::string& text) {
  std::size_t run = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && hex_digit(text[i]) >= 0) {
      ++run;
      continue;
    }
    if (run >= kSecretDigits) {
      text.replace(i - run, run, kMask);
      i = i - run + kMask.size();
    }
    run = 0;
  }
}

}  // namespace

std::string loggable_path(std::string_view path) {
  std::string text = percent_decode(path).value_or(std::string(path));
  constexpr std::string_view kKeys = "/keys/";
  if (const std::size_t keys = text.find(kKeys); keys != text.npos && keys + kKeys.size() < text.size())
    text.replace(keys + kKeys.size(), text.npos, kMask);
  mask_hex_runs(text);
  return text;
}

}  // namespace nunmul
