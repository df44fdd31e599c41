// SPDX-License-Identifier: GPL-2.0-or-later
// Old and new forms of Han characters (國 and 国), so that either finds the other.
#pragma once

#include <cstddef>
#include <vector>

namespace nunmul {

class KanjiForms {
 public:
  // Characters outside of the basic plane's Han blocks are passed over.
  void add(char32_t old_form, char32_t new_form);

  char32_t modern(char32_t code) const {
    const char32_t at = code - kFirst;
    return at < modern_.size() && modern_[at] != 0 ? modern_[at] : code;
  }
  // The old form of which `modern` makes this character (the first added), or the character itself.
  char32_t old(char32_t code) const;

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

 private:
  static constexpr char32_t kFirst = 0x3400;
  static constexpr char32_t kLast = 0x9FFF;
  std::vector<char16_t> modern_;  // by code - kFirst; 0 where the form is modern
  std::vector<char16_t> old_;
  std::size_t size_ = 0;
};

}  // namespace nunmul
