// SPDX-License-Identifier: GPL-2.0-or-later
// Documents on their way from a request body into the queue. A body of any of the three formats is
// checked and rewritten piece by piece as NDJSON, one document a line exactly as it was sent but for
// the blanks between its tokens; never more than one document is held in memory. Small payloads stay
// in memory and are stored in the queue's own row; others are files of DATA_DIR/payloads, synced.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

// NDJSON that waits for its task. A file that was not given to a task is removed with its owner.
class Payload {
 public:
  Payload() = default;
  ~Payload();
  Payload(Payload&& other) noexcept;
  Payload& operator=(Payload&& other) noexcept;

  std::uint64_t documents() const { return documents_; }
  std::uint64_t bytes() const { return bytes_; }
  bool in_memory() const { return file_.empty(); }
  const std::string& text() const { return text_; }            // when in memory
  const std::filesystem::path& file() const { return file_; }  // else
  // From now on the file is the caller's.
  std::filesystem::path release_file();

  // For lines that are known to be right: NDJSON of a dump or of `nunmul import`, or identifiers.
  static Payload of_text(std::string lines, std::uint64_t documents);

 private:
  friend class PayloadWriter;
  std::string text_;
  std::filesystem::path file_;
  std::uint64_t documents_ = 0;
  std::uint64_t bytes_ = 0;
};

// Removes payloads whose writing was cut off; the names of those that are whole. What is named otherwise
// stays, and a link instead of the folder is not followed.
std::vector<std::string> sweep_payloads(const std::filesystem::path& folder);

enum class PayloadFormat { JsonText, Ndjson, Csv };

// Makes a payload of the pieces of a body, which may be cut anywhere. For one thread.
//   PayloadWriter writer = engine.payload_writer(PayloadFormat::Csv, ';');
//   while (read(piece)) writer.write(piece);        // or writer.write_file(path)
//   engine.tasks().enqueue(document_addition(uid, writer.finish(), options));
// Throws Error(MalformedPayload) that says where (document or line), Error(MissingPayload) at finish
// for a body that is empty or blank, Error(IoError) or Error(NoSpaceLeftOnDevice).
class PayloadWriter {
 public:
  // `folder` must exist.
  PayloadWriter(std::filesystem::path folder, PayloadFormat format, char csv_delimiter = ',');
  ~PayloadWriter();
  PayloadWriter(PayloadWriter&&) noexcept;

  void write(std::string_view piece);
  // `go_on` is called between pieces, and may throw.
  void write_file(const std::filesystem::path& file, const std::function<void()>& go_on);
  Payload finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Reads a payload's documents back, in order, one at a time.
class PayloadReader {
 public:
  explicit PayloadReader(std::string ndjson);  // the text itself
  explicit PayloadReader(const std::filesystem::path& file);
  ~PayloadReader();
  PayloadReader(PayloadReader&&) noexcept;

  // The next document's JSON text; valid until the next call.
  std::optional<std::string_view> next();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nunmul
