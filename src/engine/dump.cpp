// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/dump.h"

#include <zlib.h>

#include <cerrno>
#include <utility>

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "engine/catalog_store.h"
#include "engine/key_store.h"
#include "engine/webhook_rules.h"
#include "engine/webhooks.h"
#include "index/document_store.h"
#include "index/index_check.h"

namespace nunmul {
namespace {

constexpr std::uint64_t kProgressEvery = 1'000;

// Written aside; takes its name when it is whole.
class DumpWriter {
 public:
  explicit DumpWriter(std::filesystem::path file) : file_(std::move(file)), aside_(file_.string() + ".tmp") {
    std::filesystem::create_directories(file_.parent_path());
    out_ = ::gzopen(aside_.c_str(), "wb6");
    if (!out_) throw_errno(errno, "write " + aside_.string());
  }
  ~DumpWriter() {
    if (out_) ::gzclose(out_);
    std::error_code ignored;
    std::filesystem::remove(aside_, ignored);
  }
  DumpWriter(const DumpWriter&) = delete;
  DumpWriter& operator=(const DumpWriter&) = delete;

  void line(std::string_view text) {
    write(text);
    write("\n");
  }

  void finish() {
    gzFile out = std::exchange(out_, nullptr);
    if (::gzclose(out) != Z_OK) throw_errno(errno, "write " + aside_.string());
    sync_tree(aside_.parent_path());
    std::filesystem::rename(aside_, file_);
    sync_folder(file_.parent_path());
  }

 private:
  std::filesystem::path file_, aside_;
  gzFile out_ = nullptr;

  void write(std::string_view text) {
    if (text.empty()) return;
    if (::gzwrite(out_, text.data(), static_cast<unsigned>(text.size())) <= 0)
      throw_errno(errno, "write " + aside_.string());
  }
};

Json key_json(const ApiKey& key) {
  Json json = to_json(key);
  json.erase("key");  // made of the uid and the master key
  return json;
}

Json index_json(const IndexRow& row) {
  Json json;
  json["uid"] = row.uid;
  json["primaryKey"] = or_null(row.primary_key);
  json["createdAt"] = to_rfc3339(row.created_at);
  json["updatedAt"] = to_rfc3339(row.updated_at);
  json["settings"] = parse_json(serialize_settings(row.settings));
  return json;
}

// With the headers' values: without them the receiver would not take what it is sent. A header that is never
// sent would only make the dump unreadable.
Json webhook_json(const Webhook& webhook) {
  std::map<std::string, std::string> headers = webhook.headers;
  std::erase_if(headers, [](const auto& header) { return !may_be_sent(header.first, header.second); });
  return {
      {"uuid", webhook.uuid}, {"url", webhook.url}, {"headers", headers}, {"owner", or_null(webhook.owner)}};
}

// {"name":…} around a text that is JSON already.
std::string wrapped(std::string_view name, std::string_view json) {
  return "{\"" + std::string(name) + "\":" + std::string(json) + "}";
}

// Whose a document is stands before it, unless it is a client's.
std::string document_line(const StoredDocument& document) {
  std::string line = wrapped("document", document.json);
  if (document.origin == DocumentOrigin::Client) return line;
  const char* origin = document.origin == DocumentOrigin::Files ? "files" : "edited";
  return "{\"origin\":\"" + std::string(origin) + "\"," + line.substr(1);
}

}  // namespace

void write_dump(const std::filesystem::path& file, CatalogStore& store, const KeyStore& keys,
                const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  DumpWriter out(file);
  out.line(dump_json(Json{{"nunmulDump", kDumpFormat}, {"createdAt", to_rfc3339(now())}}));
  std::vector<ApiKey> all_keys = keys.list();
  for (auto key = all_keys.rbegin(); key != all_keys.rend(); ++key)
    out.line(wrapped("key", dump_json(key_json(*key))));
  out.line(wrapped("features", dump_json(store.features())));
  for (const Webhook& webhook : store.read([](Sqlite& db) { return read_webhook_rows(db); }))
    out.line(wrapped("webhook", dump_json(webhook_json(webhook))));
  const std::vector<IndexRow> rows = store.indexes();
  std::uint64_t total = 0, done = 0;
  const auto documents_of = [&](const IndexRow& row) {
    return index_folder(store.data_dir(), row) / kDocumentStoreFile;
  };
  for (const IndexRow& row : rows) {
    require_documents(index_folder(store.data_dir(), row), row.documents_version);
    if (std::filesystem::exists(documents_of(row))) total += DocumentStore(documents_of(row)).count();
  }
  for (const IndexRow& row : rows) {
    out.line(wrapped("index", dump_json(index_json(row))));
    if (!std::filesystem::exists(documents_of(row))) continue;
    const DocumentStore documents(documents_of(row));
    for (const std::string& id : documents.client_deletions()) out.line(wrapped("deleted", dump_json(id)));
    documents.for_each([&](const StoredDocument& document) {
      out.line(document_line(document));
      if (++done % kProgressEvery == 0) progress(done, total);
    });
  }
  out.line(wrapped("end", dump_json(Json{{"documents", done}})));
  out.finish();
}

}  // namespace nunmul
