// SPDX-License-Identifier: GPL-2.0-or-later
// EDICT, the Japanese-English dictionary of the Electronic Dictionary Research and Development Group, in its
// classic form: EUC-JP, an entry a line,
//   離別 [りべつ] /(n,vs) separation/parting/farewell/(P)/
// Only entries marked (P), the common words, are read: a tenth of the file, and nine of ten words that
// are asked for.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

struct EdictEntry {
  std::string_view headword;              // as it is written there, in UTF-8
  std::vector<std::string_view> glosses;  // without what stands in brackets, none of them empty
};

// The entry passed to `take` is gone when it returns. Lines that are no entries are passed over.
void read_edict(std::string_view euc_jp, const std::function<void(const EdictEntry&)>& take);

}  // namespace nunmul
