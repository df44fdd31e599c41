// SPDX-License-Identifier: GPL-2.0-or-later
// A dump: keys, flags, webhooks, settings and documents in a form that does not depend on the version of the
// program. A gzip file of NDJSON, one object a line, which any JSON writer may have written:
//   {"nunmulDump":1,"createdAt":"…"}                       first
//   {"key":{"uid","name","description","actions","indexes","expiresAt","createdAt","updatedAt"}}
//   {"features":{"metrics":false,…}}
//   {"webhook":{"uuid","url","headers":{…},"owner"}}        headers with their values, secret or not;
//                                                         the uid of the key that it was made with, or null
//   {"index":{"uid","primaryKey","createdAt","updatedAt","settings":{…}}}
//   {"deleted":"id"}                                        of a document of files that a client has deleted
//   {"document":{…}}                                        of the index above; before it "origin":"files"
//                                                           or "edited", unless it is a client's
//   {"end":{"documents":n}}                                 last: without it the dump is not whole
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

namespace nunmul {

inline constexpr int kDumpFormat = 1;

class CatalogStore;
class KeyStore;

// `progress` gets documents done and in all; what it throws ends the dump. The file is there when it is
// whole.
void write_dump(const std::filesystem::path& file, CatalogStore& store, const KeyStore& keys,
                const std::function<void(std::uint64_t, std::uint64_t)>& progress);

}  // namespace nunmul
