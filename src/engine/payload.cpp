// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/payload.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>
#include <variant>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "engine/csv_documents.h"
#include "engine/json_documents.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxInMemory = 64 * 1024;  // larger ones become files
constexpr std::size_t kBufferBytes = 256 * 1024;
constexpr const char* kEnding = ".ndjson";
constexpr const char* kUnfinished = ".part";  // behind that, until the payload is whole
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// A file descriptor that is closed with its owner.
class OpenFile {
 public:
  OpenFile() = default;
  OpenFile(const std::filesystem::path& path, int flags)
      : path_(path), descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) throw_errno(errno, "open " + path.string());
  }
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OpenFile(OpenFile&& other) noexcept
      : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}
  OpenFile& operator=(OpenFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }

  bool is_open() const { return descriptor_ >= 0; }

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) throw_errno(errno, "write " + path_.string());
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  std::size_t read(char* buffer, std::size_t size) {
    for (;;) {
      const ssize_t count = ::read(descriptor_, buffer, size);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR) throw_errno(errno, "read " + path_.string());
    }
  }

  void sync() {
    if (::fsync(descriptor_) != 0) throw_errno(errno, "write " + path_.string());
  }

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
};

}  // namespace

Payload::~Payload() {
  if (!file_.empty()) ::unlink(file_.c_str());
}

Payload::Payload(Payload&& other) noexcept
    : text_(std::move(other.text_)),
      file_(std::exchange(other.file_, {})),
      documents_(std::exchange(other.documents_, 0)),
      bytes_(std::exchange(other.bytes_, 0)) {}

Payload& Payload::operator=(Payload&& other) noexcept {
  std::swap(text_, other.text_);
  std::swap(file_, other.file_);
  std::swap(documents_, other.documents_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

std::filesystem::path Payload::release_file() { return std::exchange(file_, {}); }

Payload Payload::of_text(std::string ndjson, std::uint64_t documents) {
  Payload payload;
  payload.bytes_ = ndjson.size();
  payload.text_ = std::move(ndjson);
  payload.documents_ = documents;
  return payload;
}

std::vector<std::string> sweep_payloads(const std::filesystem::path& folder) {
  constexpr std::size_t kUuidLength = 36;
  std::vector<std::string> payloads;
  std::vector<std::filesystem::path> unfinished;
  std::error_code error;
  if (std::filesystem::is_symlink(folder, error)) return payloads;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    std::string name = entry.path().filename().string();
    const bool is_ours = name.find_first_not_of("0123456789abcdef-") == kUuidLength;
    if (!is_ours || entry.is_symlink(error)) continue;
    const std::string rest = name.substr(kUuidLength);
    if (rest == std::string(kEnding) + kUnfinished) unfinished.push_back(entry.path());
    if (rest == kEnding) payloads.push_back(std::move(name));
  }
  for (const auto& path : unfinished) std::filesystem::remove(path, error);
  return payloads;
}

struct PayloadWriter::Impl {
  using Documents = std::variant<JsonDocuments, NdjsonDocuments, CsvDocuments>;

  Impl(std::filesystem::path payload_folder, PayloadFormat format, char csv_delimiter)
      : folder(std::move(payload_folder)), documents(make_documents(format, csv_delimiter)) {}

  std::filesystem::path folder;
  Payload payload;
  std::string buffer;  // not yet in the file; all there is while there is no file
  OpenFile file;
  std::string head;  // the first bytes, until it is clear whether they are a byte order mark
  bool head_done = false;
  Documents documents;

  Documents make_documents(PayloadFormat format, char csv_delimiter) {
    DocumentSink sink = [this](std::string_view document) { add(document); };
    if (format == PayloadFormat::Csv) return CsvDocuments(std::move(sink), csv_delimiter);
    if (format == PayloadFormat::Ndjson) return NdjsonDocuments(std::move(sink));
    return JsonDocuments(std::move(sink));
  }

  void add(std::string_view document) {
    buffer += document;
    buffer += '\n';
    ++payload.documents_;
    payload.bytes_ += document.size() + 1;
    if (buffer.size() > (file.is_open() ? kBufferBytes : kMaxInMemory)) flush();
  }

  void flush() {
    if (!file.is_open()) {
      const std::filesystem::path path = folder / (random_uuid() + kEnding + kUnfinished);
      file = OpenFile(path, O_WRONLY | O_CREAT | O_EXCL);
      payload.file_ = path;
    }
    file.write(buffer);
    buffer.clear();
  }

  void feed(std::string_view piece) {
    std::visit([&](auto& reader) { reader.write(piece); }, documents);
  }

  void end_head() {
    head_done = true;
    feed(head.starts_with(kByteOrderMark) ? std::string_view(head).substr(kByteOrderMark.size()) : head);
    head.clear();
  }
};

PayloadWriter::PayloadWriter(std::filesystem::path folder, PayloadFormat format, char csv_delimiter)
    : impl_(std::make_unique<Impl>(std::move(folder), format, csv_delimiter)) {}

PayloadWriter::~PayloadWriter() = default;
PayloadWriter::PayloadWriter(PayloadWriter&&) noexcept = default;

void PayloadWriter::write(std::string_view piece) {
  if (impl_->head_done) return impl_->feed(piece);
  impl_->head += piece;
  if (impl_->head.size() >= kByteOrderMark.size()) impl_->end_head();
}

void PayloadWriter::write_file(const std::filesystem::path& path, const std::function<void()>& go_on) {
  OpenFile file(path, O_RDONLY);
  std::string buffer(kBufferBytes, '\0');
  while (const std::size_t count = file.read(buffer.data(), buffer.size())) {
    go_on();
    write(std::string_view(buffer).substr(0, count));
  }
}

Payload PayloadWriter::finish() {
  Impl& writer = *impl_;
  if (!writer.head_done) writer.end_head();
  std::visit(
      [&](auto& reader) {
        // A last line without its end counts, so the text is not known to be empty before.
        if constexpr (!std::is_same_v<std::decay_t<decltype(reader)>, JsonDocuments>) reader.finish();
        if (reader.blank())
          throw Error(ErrorCode::MissingPayload, "The payload is empty: expected documents.");
        if constexpr (std::is_same_v<std::decay_t<decltype(reader)>, JsonDocuments>) reader.finish();
      },
      writer.documents);
  if (writer.file.is_open()) {
    writer.flush();
    writer.file.sync();
    const std::filesystem::path part = writer.payload.file_;
    writer.payload.file_ = part.parent_path() / part.stem();
    if (::rename(part.c_str(), writer.payload.file_.c_str()) != 0)
      throw_errno(errno, "write " + part.string());
    sync_folder(writer.folder);
  } else {
    writer.payload.text_ = std::move(writer.buffer);
  }
  return std::move(writer.payload);
}

struct PayloadReader::Impl {
  std::string buffer;  // unread text begins at `begin`
  std::size_t begin = 0;
  OpenFile file;  // more text, unless closed

  // Reads on; whether there was more.
  bool fill() {
    if (!file.is_open()) return false;
    buffer.erase(0, begin);
    begin = 0;
    const std::size_t old_size = buffer.size();
    buffer.resize(old_size + kBufferBytes);
    const std::size_t count = file.read(buffer.data() + old_size, kBufferBytes);
    buffer.resize(old_size + count);
    if (count == 0) file = OpenFile();
    return count > 0;
  }
};

PayloadReader::PayloadReader(std::string ndjson) : impl_(std::make_unique<Impl>()) {
  impl_->buffer = std::move(ndjson);
}

PayloadReader::PayloadReader(const std::filesystem::path& file) : impl_(std::make_unique<Impl>()) {
  impl_->file = OpenFile(file, O_RDONLY);
}

PayloadReader::~PayloadReader() = default;
PayloadReader::PayloadReader(PayloadReader&&) noexcept = default;

std::optional<std::string_view> PayloadReader::next() {
  Impl& reader = *impl_;
  std::size_t searched = reader.begin;
  for (;;) {
    const std::size_t end = reader.buffer.find('\n', searched);
    if (end != std::string::npos) {
      const std::string_view line = std::string_view(reader.buffer).substr(reader.begin, end - reader.begin);
      reader.begin = end + 1;
      if (!line.empty()) return line;
      searched = reader.begin;
      continue;
    }
    const std::size_t unread = reader.buffer.size() - reader.begin;
    if (reader.fill()) {
      searched = reader.begin + unread;
      continue;
    }
    if (unread == 0) return std::nullopt;
    const std::string_view line = std::string_view(reader.buffer).substr(reader.begin, unread);
    reader.begin = reader.buffer.size();
    return line;
  }
}

}  // namespace nunmul
