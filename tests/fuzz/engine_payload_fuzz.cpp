// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as the body of an addition, in each format, cut in two ways: the same payload or the same
// refusal, and every document of a payload is one line of JSON whose fields can be taken apart and put
// together again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/json.h"
#include "engine/document_fields.h"
#include "engine/json_documents.h"
#include "engine/payload.h"

namespace {

using namespace nunmul;

void require(bool holds) {
  if (!holds) std::abort();
}

// What became of a body: its NDJSON, or its refusal behind a mark that NDJSON never begins with.
std::string outcome_of(PayloadFormat format, std::string_view body, std::size_t piece) {
  PayloadWriter writer(std::filesystem::temp_directory_path(), format, ';');
  try {
    for (std::size_t i = 0; i < body.size(); i += piece) writer.write(body.substr(i, piece));
    return writer.finish().text();
  } catch (const Error& error) {
    require(error.code() == ErrorCode::MalformedPayload || error.code() == ErrorCode::MissingPayload);
    return "!" + std::string(error.what());
  }
}

void check_document(std::string_view line) {
  const std::string document = without_repeated_fields(line).value_or(std::string(line));
  const Json value = parse_json(document);
  require(value.is_object());
  require(split_document(document).size() == value.size());
  require(merge_documents("{}", document) == document);
  require(merge_documents(document, document) == document);
  try {
    require(!read_document_id(document, "id").empty());
  } catch (const Error& error) {
    require(error.code() == ErrorCode::MissingDocumentId || error.code() == ErrorCode::InvalidDocumentId);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  // The first byte chooses the format; longer bodies than this would become files.
  if (size < 1 || size > 20'000) return 0;
  const PayloadFormat formats[] = {PayloadFormat::JsonText, PayloadFormat::Ndjson, PayloadFormat::Csv};
  const PayloadFormat format = formats[bytes[0] % 3];
  const std::string_view body(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  const std::string outcome = outcome_of(format, body, body.size() + 1);
  require(outcome == outcome_of(format, body, 7));
  if (outcome.starts_with("!")) return 0;
  for (std::size_t begin = 0; begin < outcome.size();) {
    const std::size_t end = outcome.find('\n', begin);
    require(end != std::string::npos);
    check_document(std::string_view(outcome).substr(begin, end - begin));
    begin = end + 1;
  }
  return 0;
}
