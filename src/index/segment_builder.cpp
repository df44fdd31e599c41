// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/segment_builder.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "index/binary_file.h"
#include "index/column.h"
#include "index/column_values.h"
#include "index/document_builder.h"
#include "index/forward.h"
#include "index/segment_files.h"
#include "index/vocabulary.h"
#include "index/xapian_error.h"
#include "text/jamo.h"

namespace nunmul {
namespace {

constexpr std::size_t kPartDocuments = 4'000;        // where Xapian builds fastest with our terms
constexpr std::size_t kPartBytes = 16 * 1024 * 1024;  // bounds memory when documents are long

// Documents on their way into a part.
struct Batch {
  std::size_t number = 0;
  std::vector<StoredDocument> documents;
  std::size_t bytes = 0;
};

// What a part leaves behind besides its Xapian database and its text file.
struct Part {
  std::filesystem::path postings;
  std::filesystem::path texts;
  std::vector<std::uint64_t> text_ends;      // of each document, in `texts`
  std::vector<std::string> ids;
  std::vector<std::uint64_t> ordinals;
  std::vector<std::uint64_t> forward_ends;   // of each document, in `forward`
  std::vector<std::uint32_t> forward;        // field, count, words: numbers of the analyzing thread
  std::map<std::string, ColumnBuilder> columns;
  std::map<std::string, std::uint64_t> field_distribution;
  std::size_t thread = 0;                    // whose numbers they are
};

// What a thread keeps across its parts.
struct ThreadState {
  ThreadState(const Settings& settings, const Analyzer& analyzer) : builder(settings, analyzer), column_values(settings) {}
  DocumentBuilder builder;
  ColumnValues column_values;
};

void yield_to_searches() {
  // Linux gives each thread its own nice value.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), 10);
}

}  // namespace

struct SegmentBuilder::Impl {
  std::filesystem::path folder;
  const Settings& settings;
  const Analyzer& analyzer;
  SegmentBuilderOptions options;

  Batch batch;
  std::size_t batches = 0;
  bool finished = false;

  std::vector<std::unique_ptr<ThreadState>> states;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Batch> waiting;         // guarded by mutex
  std::map<std::size_t, Part> parts;  // guarded by mutex
  std::exception_ptr failure;        // guarded by mutex
  bool closed = false;               // guarded by mutex
  std::vector<std::jthread> threads;

  Impl(const std::filesystem::path& where, const Settings& s, const Analyzer& a, const SegmentBuilderOptions& o)
      : folder(where), settings(s), analyzer(a), options(o) {
    states.push_back(std::make_unique<ThreadState>(settings, analyzer));
  }

  ~Impl() {
    close();
    threads.clear();
    if (!finished) {
      std::error_code ignored;
      std::filesystem::remove_all(folder, ignored);
    }
  }

  std::filesystem::path part_path(std::size_t number, const char* ending) const {
    return folder / ("part-" + std::to_string(number) + ending);
  }

  void close() {
    const std::lock_guard lock(mutex);
    closed = true;
    changed.notify_all();
  }

  void start_threads() {
    for (unsigned t = 0; t < options.threads; ++t) {
      if (t > 0) states.push_back(std::make_unique<ThreadState>(settings, analyzer));
      threads.emplace_back([this, t, state = states[t].get()] { work(t, *state); });
    }
  }

  void work(std::size_t thread, ThreadState& state) {
    if (options.low_priority) yield_to_searches();
    for (;;) {
      Batch next;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return closed || !waiting.empty(); });
        if (waiting.empty()) return;
        next = std::move(waiting.front());
        waiting.pop_front();
        changed.notify_all();
      }
      try {
        Part part = make_part(next, thread, state);
        const std::lock_guard lock(mutex);
        parts.emplace(next.number, std::move(part));
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
        changed.notify_all();
      }
    }
  }

  void flush_batch() {
    Batch full = std::move(batch);
    batch = {};
    batch.number = ++batches;
    if (options.threads <= 1) {
      parts.emplace(full.number, make_part(full, 0, *states[0]));
      return;
    }
    if (threads.empty()) start_threads();
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return failure || waiting.size() < options.threads; });
    if (failure) std::rethrow_exception(failure);
    waiting.push_back(std::move(full));
    changed.notify_all();
  }

  Part make_part(const Batch& documents, std::size_t thread, ThreadState& state) {
    Part part;
    part.thread = thread;
    part.postings = part_path(documents.number, ".xapian");
    part.texts = part_path(documents.number, ".texts");
    Xapian::WritableDatabase database(part.postings.string(), Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC |
                                                                  Xapian::DB_DANGEROUS | Xapian::DB_NO_TERMLIST);
    std::string texts;
    texts.reserve(documents.bytes);
    for (const StoredDocument& document : documents.documents) add_to_part(document, part, texts, state, database);
    database.commit();
    std::ofstream file(part.texts, std::ios::binary);
    file.write(texts.data(), static_cast<std::streamsize>(texts.size()));
    file.close();
    if (!file) throw_errno(errno, "write " + part.texts.string());
    return part;
  }

  void add_to_part(const StoredDocument& document, Part& part, std::string& texts, ThreadState& state, Xapian::WritableDatabase& database) {
    const Json json = parse_json(document.json);
    if (!json.is_object()) throw Error(ErrorCode::MalformedPayload, "The document `" + document.id + "` is not a JSON object.");
    const auto number = static_cast<std::uint32_t>(part.ids.size());
    state.builder.build(json);
    Xapian::Document postings;
    for (const auto& [term, wdf] : state.builder.postings()) postings.add_term(term, wdf);
    database.add_document(postings);
    for (const DocumentBuilder::Field& field : state.builder.fields()) {
      part.forward.push_back(field.number);
      part.forward.push_back(static_cast<std::uint32_t>(field.words.size()));
      part.forward.insert(part.forward.end(), field.words.begin(), field.words.end());
    }
    part.forward_ends.push_back(part.forward.size());
    state.column_values.for_each(json, [&](const std::string& path, const std::vector<const Json*>& values) {
      part.columns[path].add(number, values);
    });
    for (const auto& [name, value] : json.items()) ++part.field_distribution[name];
    texts += document.json;
    part.text_ends.push_back(texts.size());
    part.ids.push_back(document.id);
    part.ordinals.push_back(document.ordinal);
  }

  // ---- Putting the parts together.

  // For each thread: its word numbers to those of the segment's vocabulary.
  std::vector<std::vector<std::uint32_t>> write_vocabulary() const {
    struct Word {
      std::string_view text;
      const CountedStrings::Row* row;
      std::size_t thread;
      std::uint32_t number;
    };
    std::vector<Word> all;
    for (std::size_t t = 0; t < states.size(); ++t) {
      const auto& rows = states[t]->builder.words().rows();
      for (std::uint32_t n = 0; n < rows.size(); ++n) {
        all.push_back({rows[n].text, &rows[n], t, n});
        if (rows[n].stem != rows[n].text) all.push_back({rows[n].stem, &rows[n], t, kItemBreak});
      }
    }
    std::sort(all.begin(), all.end(), [](const Word& a, const Word& b) { return a.text < b.text; });

    std::vector<std::vector<std::uint32_t>> numbers;
    for (const auto& state : states) numbers.emplace_back(state->builder.words().rows().size());
    std::vector<VocabularyWord> words;
    for (const Word& word : all) {
      if (words.empty() || words.back().word != word.text) {
        words.push_back({std::string(word.text), std::string(word.text), "", word.row->script, 0});
        if (word.row->script == Script::Hangul) words.back().keys = key_sequence(word.text);
      }
      if (word.number == kItemBreak) continue;
      words.back().stem = word.row->stem;
      words.back().documents += word.row->documents;
      numbers[word.thread][word.number] = static_cast<std::uint32_t>(words.size() - 1);
    }
    Vocabulary::write(folder / kWordsFile, words, spellings());
    return numbers;
  }

  std::vector<NameSpelling> spellings() const {
    std::unordered_map<std::string_view, std::uint32_t> documents;
    for (const auto& state : states)
      for (const CountedStrings::Row& row : state->builder.spellings().rows()) documents[row.text] += row.documents;
    std::vector<NameSpelling> list;
    list.reserve(documents.size());
    for (const auto& [term, count] : documents)
      for (int f = 0; f < kFamilyCount; ++f)
        if (kFamilyPrefix[static_cast<std::size_t>(f)] == term[0])
          list.push_back({static_cast<Family>(f), std::string(term.substr(1)), count});
    return list;
  }

  // Field numbers of each thread to those of the segment; fills `names`.
  std::vector<std::vector<std::uint32_t>> field_numbers(std::vector<std::string>& names) const {
    std::vector<std::vector<std::uint32_t>> numbers;
    for (const auto& state : states) {
      auto& mapping = numbers.emplace_back();
      for (const std::string& name : state->builder.field_names()) {
        auto known = std::find(names.begin(), names.end(), name);
        if (known == names.end()) known = names.insert(names.end(), name);
        mapping.push_back(static_cast<std::uint32_t>(known - names.begin()));
      }
    }
    return numbers;
  }

  void write_forward(const std::vector<std::vector<std::uint32_t>>& words, const std::vector<std::vector<std::uint32_t>>& fields) {
    BinaryFileWriter file(folder / kForwardFile);
    std::vector<std::uint64_t> offsets{0};
    for (const auto& [number, part] : parts) {
      const std::uint64_t base = offsets.back();
      for (const std::uint64_t end : part.forward_ends) offsets.push_back(base + end);
    }
    file.add(offsets);
    file.begin_array();
    for (auto& [number, part] : parts) {
      for (std::size_t at = 0; at < part.forward.size();) {
        part.forward[at] = fields[part.thread][part.forward[at]];
        const std::size_t end = at + 2 + part.forward[at + 1];
        for (at += 2; at < end; ++at)
          if (part.forward[at] != kItemBreak) part.forward[at] = words[part.thread][part.forward[at]];
      }
      file.append({reinterpret_cast<const char*>(part.forward.data()), part.forward.size() * sizeof(std::uint32_t)});
      part.forward = {};
    }
    file.finish();
  }

  void write_documents() {
    BinaryFileWriter file(folder / kDocumentsFile);
    file.begin_array();
    for (const auto& [number, part] : parts) {
      const MappedFile texts(part.texts);
      file.append(texts.bytes());
    }
    std::vector<std::uint64_t> text_offsets{0}, id_offsets{0}, ordinals;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> by_hash;
    std::string ids;
    for (const auto& [number, part] : parts) {
      const std::uint64_t base = text_offsets.back();
      for (std::size_t i = 0; i < part.ids.size(); ++i) {
        text_offsets.push_back(base + part.text_ends[i]);
        ids += part.ids[i];
        id_offsets.push_back(ids.size());
        by_hash.emplace_back(hash64(part.ids[i]), static_cast<std::uint32_t>(ordinals.size()));
        ordinals.push_back(part.ordinals[i]);
      }
    }
    file.add(text_offsets);
    file.begin_array();
    file.append(ids);
    file.add(id_offsets);
    file.add(ordinals);
    std::sort(by_hash.begin(), by_hash.end());
    std::vector<std::uint64_t> hashes;
    std::vector<std::uint32_t> documents;
    for (const auto& [hash, document] : by_hash) {
      hashes.push_back(hash);
      documents.push_back(document);
    }
    file.add(hashes);
    file.add(documents);
    file.finish();
  }

  std::uint32_t documents() const {
    std::size_t total = 0;
    for (const auto& [number, part] : parts) total += part.ids.size();
    return static_cast<std::uint32_t>(total);
  }

  Json write_columns() {
    std::map<std::string, ColumnBuilder> columns;
    std::uint32_t before = 0;
    for (auto& [number, part] : parts) {
      for (auto& [path, column] : part.columns) columns[path].append(before, column);
      before += static_cast<std::uint32_t>(part.ids.size());
    }
    Json names = Json::object();
    for (const auto& [path, column] : columns) {
      const std::string name = "col-" + std::to_string(names.size()) + ".bin";
      column.write(folder / name, before);
      names[path] = name;
    }
    return names;
  }

  void write_postings() {
    Xapian::Database all;
    std::size_t sources = 0;
    for (const auto& [number, part] : parts) {
      all.add_database(Xapian::Database(part.postings.string()));
      ++sources;
    }
    const std::string path = (folder / kPostingsFile).string();
    if (sources == 0) {
      // Xapian compacts no database into none, so an empty segment is one empty part.
      const std::filesystem::path empty = part_path(0, ".xapian");
      Xapian::WritableDatabase(empty.string(), Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_TERMLIST).commit();
      Xapian::Database(empty.string()).compact(path, Xapian::DBCOMPACT_SINGLE_FILE);
      std::filesystem::remove_all(empty);
      return;
    }
    all.compact(path, Xapian::DBCOMPACT_SINGLE_FILE);
  }

  void remove_parts() {
    for (const auto& [number, part] : parts) {
      std::filesystem::remove_all(part.postings);
      std::filesystem::remove(part.texts);
    }
  }

  void finish() {
    if (!batch.documents.empty()) flush_batch();
    close();
    threads.clear();
    if (failure) std::rethrow_exception(failure);

    Json description;
    description["schema"] = kSchemaVersion;
    description["documents"] = documents();
    const auto words = write_vocabulary();
    std::vector<std::string> names;
    const auto fields = field_numbers(names);
    description["fields"] = names;
    write_forward(words, fields);
    write_documents();
    description["columns"] = write_columns();
    write_postings();

    Json distribution = Json::object();
    std::map<std::string, std::uint64_t> counts;
    for (const auto& [number, part] : parts)
      for (const auto& [name, count] : part.field_distribution) counts[name] += count;
    for (const auto& [name, count] : counts) distribution[name] = count;
    description["fieldDistribution"] = std::move(distribution);
    FamilyTotals totals;
    for (const auto& state : states) totals += state->builder.totals();
    description["familyTerms"] = totals.terms;
    description["familyDocuments"] = totals.documents;

    remove_parts();
    finish_segment_folder(folder, std::move(description));
    finished = true;
  }
};

SegmentBuilder::SegmentBuilder(const std::filesystem::path& folder, const Settings& settings, const Analyzer& analyzer,
                               const SegmentBuilderOptions& options)
    : impl_(std::make_unique<Impl>(folder, settings, analyzer, options)) {
  std::error_code error;
  if (!std::filesystem::create_directory(folder, error)) throw_errno(error ? error.value() : EEXIST, "make " + folder.string());
  impl_->batch.number = ++impl_->batches;
}

SegmentBuilder::~SegmentBuilder() = default;

void SegmentBuilder::add(const StoredDocument& document) {
  Batch& batch = impl_->batch;
  batch.bytes += document.json.size();
  batch.documents.push_back(document);
  if (batch.documents.size() >= kPartDocuments || batch.bytes >= kPartBytes) impl_->flush_batch();
}

void SegmentBuilder::finish() {
  try {
    impl_->finish();
  } catch (const Xapian::Error& error) {
    const char* system_error = error.get_error_string();
    const bool is_full = system_error && std::string_view(system_error) == std::strerror(ENOSPC);
    throw Error(is_full ? ErrorCode::NoSpaceLeftOnDevice : ErrorCode::IoError, "Cannot write the postings of " + impl_->folder.string() + ": " + error.get_description() + ".");
  }
}

}  // namespace nunmul
