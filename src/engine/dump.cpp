// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/dump.h"

#include <zlib.h>

#include <cerrno>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "engine/catalog_store.h"
#include "engine/document_fields.h"
#include "engine/key_store.h"
#include "engine/task_rows.h"
#include "engine/webhooks.h"
#include "index/document_store.h"
#include "index/index.h"

namespace nunmul {
namespace {

constexpr int kDumpFormat = 1;
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

// The lines of a gzip file. A damaged one throws Error(InvalidInput).
class DumpLines {
 public:
  explicit DumpLines(const std::filesystem::path& file)
      : name_(file.string()), in_(::gzopen(file.c_str(), "rb")) {
    if (!in_) throw_errno(errno, "read " + name_);
  }
  ~DumpLines() { ::gzclose(in_); }
  DumpLines(const DumpLines&) = delete;
  DumpLines& operator=(const DumpLines&) = delete;

  std::optional<std::string> next() {
    std::string line;
    char buffer[1 << 16];
    while (::gzgets(in_, buffer, sizeof buffer)) {
      line += buffer;
      if (line.ends_with('\n')) {
        line.pop_back();
        return line;
      }
    }
    int problem = 0;
    const char* message = ::gzerror(in_, &problem);
    if (problem != Z_OK && problem != Z_STREAM_END && problem != Z_BUF_ERROR)
      throw Error(ErrorCode::InvalidInput, "The dump " + name_ + " is damaged: " + message + ".");
    if (line.empty()) return std::nullopt;
    return line;
  }

 private:
  std::string name_;
  gzFile in_;
};

Time read_time(const Json& value) {
  const auto time = parse_rfc3339(value.get<std::string>());
  if (!time)
    throw Error(ErrorCode::InvalidInput,
                "The dump holds a time that cannot be read: " + dump_json(value) + ".");
  return *time;
}

std::optional<std::string> optional_text(const Json& value) {
  if (value.is_null()) return std::nullopt;
  return value.get<std::string>();
}

Json key_json(const ApiKey& key) {
  Json json = to_json(key);
  json.erase("key");  // made of the uid and the master key
  return json;
}

Json index_json(const IndexRow& row) {
  Json json;
  json["uid"] = row.uid;
  json["primaryKey"] = row.primary_key ? Json(*row.primary_key) : Json(nullptr);
  json["createdAt"] = to_rfc3339(row.created_at);
  json["updatedAt"] = to_rfc3339(row.updated_at);
  json["settings"] = parse_json(serialize_settings(row.settings));
  return json;
}

// With the headers' values: without them the receiver would not take what it is sent.
Json webhook_json(const Webhook& webhook) {
  return {{"uuid", webhook.uuid}, {"url", webhook.url}, {"headers", webhook.headers}};
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

DocumentOrigin read_origin(const Json& value) {
  if (value == "files") return DocumentOrigin::Files;
  if (value == "edited") return DocumentOrigin::Edited;
  throw Error(ErrorCode::InvalidInput,
              "The dump has a document of an unknown origin: " + dump_json(value) + ".");
}

// Checks the frame of a dump and hands on what stands within.
void for_each_line(const std::filesystem::path& file, const std::function<void(std::string_view)>& take) {
  const auto bad = [&](const std::string& problem) {
    return Error(ErrorCode::InvalidInput, "The dump " + file.string() + " cannot be read: " + problem + ".");
  };
  DumpLines lines(file);
  try {
    const auto head = lines.next();
    if (!head || parse_json(*head).value("nunmulDump", 0) != kDumpFormat)
      throw bad("it is no dump that this version knows");
    std::uint64_t documents = 0;
    bool whole = false;
    while (const auto line = lines.next()) {
      const Json parsed = parse_json(*line);
      if (!parsed.is_object()) throw bad("a line is no object");
      documents += parsed.contains("document") ? 1 : 0;
      whole = parsed.contains("end") && parsed["end"].at("documents") == documents;
      if (!whole) take(*line);
    }
    if (!whole) throw bad("its end is missing");
  } catch (const Json::exception& error) {
    throw bad(error.what());
  } catch (const Error& error) {
    if (error.code() == ErrorCode::MalformedPayload) throw bad(error.what());
    throw;
  }
}

// Puts a dump's lines where they belong.
class DumpImport {
 public:
  DumpImport(CatalogStore& store, KeyStore& keys, std::shared_ptr<const LanguageResources> resources)
      : store_(store), keys_(keys), resources_(std::move(resources)) {}

  void take(std::string_view line) {
    DocumentOrigin origin = DocumentOrigin::Client;
    for (const DocumentField& field : split_document(line)) {
      if (field.name == "origin")
        origin = read_origin(parse_json(field.value));
      else if (field.name == "document")
        add_document(field.value, origin);
      else if (field.name == "deleted")
        add_deletion(parse_json(field.value));
      else if (field.name == "key")
        add_key(parse_json(field.value));
      else if (field.name == "features")
        set_features(parse_json(field.value));
      else if (field.name == "webhook")
        add_webhook(parse_json(field.value));
      else if (field.name == "index")
        begin_index(parse_json(field.value));
    }
  }

  void finish() { end_index(); }

 private:
  CatalogStore& store_;
  KeyStore& keys_;
  std::shared_ptr<const LanguageResources> resources_;
  std::optional<IndexRow> row_;
  Time updated_at_{};
  std::unique_ptr<Index> index_;
  std::unique_ptr<IndexWriter> writer_;

  void add_key(const Json& json) {
    ApiKey key;
    key.uid = json.at("uid").get<std::string>();
    key.name = optional_text(json.at("name"));
    key.description = optional_text(json.at("description"));
    key.actions = json.at("actions").get<std::vector<std::string>>();
    key.indexes = json.at("indexes").get<std::vector<std::string>>();
    if (!json.at("expiresAt").is_null()) key.expires_at = read_time(json.at("expiresAt"));
    key.created_at = read_time(json.at("createdAt"));
    key.updated_at = read_time(json.at("updatedAt"));
    keys_.restore(key);
  }

  void set_features(const Json& json) {
    Json flags = Json::object();
    for (const auto& [name, value] : json.items()) flags[name] = value.get<bool>();
    store_.set_features(flags);
  }

  void add_webhook(const Json& json) {
    const Webhook webhook{json.at("uuid").get<std::string>(), json.at("url").get<std::string>(),
                          json.at("headers").get<std::map<std::string, std::string>>()};
    store_.write([&](Sqlite& db) { write_webhook_row(db, webhook); });
  }

  void begin_index(const Json& json) {
    end_index();
    row_ = store_.ensure_index(json.at("uid").get<std::string>(), optional_text(json.at("primaryKey")),
                               deserialize_settings(dump_json(json.at("settings"))));
    row_->created_at = read_time(json.at("createdAt"));
    updated_at_ = read_time(json.at("updatedAt"));
    index_ = std::make_unique<Index>(index_folder(store_.data_dir(), *row_), resources_);
    writer_ = std::make_unique<IndexWriter>(*index_, "dump import");
    writer_->documents().begin();
  }

  void add_document(std::string_view json, DocumentOrigin origin) {
    if (!row_ || !row_->primary_key)
      throw Error(ErrorCode::InvalidInput, "The dump has a document without an index.");
    writer_->documents().put(read_document_id(json, *row_->primary_key), json, origin);
  }

  // Of a document of files that a client deleted.
  void add_deletion(const Json& id) {
    if (!row_) throw Error(ErrorCode::InvalidInput, "The dump has a deletion without an index.");
    writer_->documents().remember_deletion(id.get<std::string>());
  }

  void end_index() {
    if (!row_) return;
    writer_->documents().commit();
    BuildOptions options;
    options.origin = "dump";
    writer_->publish(writer_->build(row_->settings, options));
    store_.write([&](Sqlite& db) {
      db.prepare("UPDATE indexes SET created=?2, updated=?3 WHERE uid=?1")
          .bind(1, std::string_view(row_->uid))
          .bind(2, micros_of(row_->created_at))
          .bind(3, micros_of(updated_at_))
          .run();
    });
    writer_.reset();
    index_.reset();
    row_.reset();
  }
};

}  // namespace

std::string copy_name(Time time) {
  std::string text = to_rfc3339(time);  // 2026-07-22T09:15:03.123456Z
  std::string name;
  for (const char c : text.substr(0, 23)) {
    if (c >= '0' && c <= '9') name += c;
    if (c == 'T') name += '-';
  }
  return name;
}

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
    return index_folder(store.data_dir(), row) / "documents.db";
  };
  for (const IndexRow& row : rows)
    if (std::filesystem::exists(documents_of(row))) total += DocumentStore(documents_of(row)).count();
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

void read_dump(const std::filesystem::path& file, CatalogStore& store, KeyStore& keys,
               const std::shared_ptr<const LanguageResources>& resources) {
  if (!store.indexes().empty())
    throw Error(ErrorCode::InvalidInput, "The dump " + file.string() +
                                             " is read into an empty data folder only; " +
                                             store.data_dir().string() + " has indexes.");
  // Read twice, so that a dump that is not whole leaves nothing behind.
  for_each_line(file, [](std::string_view) {});
  DumpImport import(store, keys, resources);
  for_each_line(file, [&](std::string_view line) { import.take(line); });
  import.finish();
}

}  // namespace nunmul
