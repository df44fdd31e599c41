// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/document_handlers.h"

#include <algorithm>

#include "base/json_scan.h"
#include "base/utf8.h"
#include "engine/engine.h"
#include "engine/json_documents.h"
#include "http/answers.h"
#include "http/content_type.h"
#include "http/json_reader.h"
#include "search/columns/filter.h"
#include "search/document_page.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxShown = 16 * 1024 * 1024;  // memory of a value that is shown as wrong

char read_delimiter(const Fields& query, PayloadFormat format, const HttpRequest& request) {
  const auto text = query.text("csvDelimiter");
  if (!text) return ',';
  const Place place = query.place("csvDelimiter");
  if (text->empty())
    reject_value(ErrorCode::InvalidDocumentCsvDelimiter, place,
                 "expected a string of one character, but found an empty string");
  if (count_chars(*text) != 1)
    reject_value(ErrorCode::InvalidDocumentCsvDelimiter, place,
                 "expected a string of one character, but found the following string of " +
                     std::to_string(count_chars(*text)) + " characters: `" + *text + "`");
  if (static_cast<unsigned char>(text->front()) > 0x7F)
    reject_value(ErrorCode::InvalidDocumentCsvDelimiter, place,
                 "csv delimiter must be an ascii character. Found: `" + *text + "`");
  if (*text == "\"" || *text == "\n" || *text == "\r")
    reject_value(ErrorCode::InvalidDocumentCsvDelimiter, place, "quotes and line ends cannot part cells.");
  if (format != PayloadFormat::Csv)
    throw Error(ErrorCode::InvalidContentType,
                "The Content-Type `" + std::string(request.header("content-type").value_or("")) +
                    "` does not support the use of a csv delimiter. The csv delimiter can only be "
                    "used with the Content-Type `text/csv`.");
  return text->front();
}

Payload read_payload(Call& call) {
  const PayloadFormat format = payload_format(call.request);
  const char delimiter = read_delimiter(call.query, format, call.request);
  PayloadWriter writer = call.engine.payload_writer(format, delimiter);
  if (call.request.body_file.empty())
    writer.write(call.request.body);
  else
    writer.write_file(call.request.body_file.path(), [&] { call.request.budget.check(); });
  return writer.finish();
}

HttpResponse add_documents(Call& call, AdditionOptions::Method method) {
  AdditionOptions options;
  options.method = method;
  options.primary_key = call.query.text("primaryKey");
  options.skip_creation = call.query.flag("skipCreation");
  options.missing_index =
      call.grant.allows_action("indexes.create") ? MissingIndex::Create : MissingIndex::Fail;
  return enqueued(call, document_addition(call.segments[0], read_payload(call), options));
}

std::string read_id(const Json& value) {
  if (auto id = document_id(value)) return std::move(*id);
  throw Error(ErrorCode::InvalidDocumentId,
              "Document identifier `" + (value.is_string() ? value.get<std::string>() : dump_json(value)) +
                  "` is invalid. A document identifier can be of type integer or string, only composed of "
                  "alphanumeric characters (a-z A-Z 0-9), hyphens (-) and underscores (_), and can not be "
                  "more than 511 bytes.");
}

bool is_plain_number(std::string_view text) {
  return text.size() < 19 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A body may hold millions, so no value is made of the whole.
IdList read_ids(Call& call) {
  const std::string body = std::exchange(call.request.body, {});
  if (const std::string problem = json_problem(body); !problem.empty())
    throw Error(ErrorCode::MalformedPayload, "The JSON text is not valid: " + problem + ".");
  JsonWalker values(body);
  if (!values.is_array())
    reject_type(ErrorCode::BadRequest, Place::body(), "an array", parse_json(body, {.max_bytes = kMaxShown}));
  IdList ids;
  ids.lines.reserve(body.size());
  while (const auto value = values.next_item()) {
    if (ids.count % 1000 == 0) call.request.budget.check();
    is_plain_number(*value) ? ids.add(*value) : ids.add(read_id(parse_json(*value)));
  }
  return ids;
}

// Syntax now; whether the attributes are filterable is judged by the task.
void check_deletion_filter(const Json& filter) {
  FilterableRule anything;
  anything.patterns = {"*"};
  anything.comparison = true;
  Settings settings;
  settings.filterable_attributes = {anything};
  if (parse_filter(filter, settings, ErrorCode::InvalidDocumentFilter).fits_all())
    throw Error(ErrorCode::InvalidDocumentFilter, "Sending an empty filter is forbidden.");
}

DocumentQuery read_document_query(const Fields& fields) {
  DocumentQuery query;
  query.offset = fields.count("offset").value_or(0);
  query.limit = fields.count("limit").value_or(20);
  query.fields = fields.texts("fields");
  query.retrieve_vectors = fields.flag("retrieveVectors");
  query.sort = fields.texts("sort").value_or(std::vector<std::string>{});
  if (const Json* filter = fields.find("filter")) query.filter = *filter;
  if (const Json* ids = fields.find("ids")) {
    query.ids.emplace();
    for (std::size_t i = 0; i < ids->size(); ++i) {
      const auto id = document_id((*ids)[i]);
      if (!id)
        reject_value(ErrorCode::InvalidDocumentIds, fields.place("ids"),
                     "`" + dump_json((*ids)[i]) + "` cannot identify a document.");
      query.ids->push_back(*id);
    }
  }
  return query;
}

HttpResponse document_page(Call& call, const Fields& fields) {
  const DocumentQuery query = read_document_query(fields);
  const auto entry = call.engine.catalog().at(call.segments[0]);
  const DocumentPage page = list_documents(*entry->index->generation(), query, call.request.budget);
  std::string answer = "{\"results\":[";
  for (std::size_t i = 0; i < page.results.size(); ++i) {
    if (i > 0) answer += ',';
    answer += page.results[i];
    call.request.budget.check_answer(answer.size());
  }
  answer += "],\"offset\":" + std::to_string(query.offset) + ",\"limit\":" + std::to_string(query.limit) +
            ",\"total\":" + std::to_string(page.total) + "}";
  return json_text(std::move(answer));
}

}  // namespace

HttpResponse get_document(Call& call) {
  DocumentQuery query = read_document_query(call.query);
  const auto entry = call.engine.catalog().at(call.segments[0]);
  query.ids = {read_id(call.segments[1])};
  const DocumentPage page = list_documents(*entry->index->generation(), query, call.request.budget);
  if (page.results.empty())
    throw Error(ErrorCode::DocumentNotFound, "Document `" + call.segments[1] + "` not found.");
  return json_text(page.results.front());
}

HttpResponse list_documents(Call& call) { return document_page(call, call.query); }

HttpResponse fetch_documents(Call& call) { return document_page(call, read_object(call.body, kFetchFields)); }

HttpResponse replace_documents(Call& call) { return add_documents(call, AdditionOptions::Method::Replace); }

HttpResponse merge_documents(Call& call) { return add_documents(call, AdditionOptions::Method::Merge); }

HttpResponse delete_document(Call& call) {
  return enqueued(call, document_deletion(call.segments[0], {read_id(call.segments[1])}));
}

HttpResponse delete_all_documents(Call& call) {
  return enqueued(call, document_deletion_of_all(call.segments[0]));
}

HttpResponse delete_document_batch(Call& call) {
  return enqueued(call, document_deletion(call.segments[0], read_ids(call)));
}

HttpResponse delete_documents_by_filter(Call& call) {
  const Fields fields = read_object(call.body, kDeletionByFilterFields);
  const Json& filter = *fields.find("filter");
  check_deletion_filter(filter);
  return enqueued(call, document_deletion_by_filter(call.segments[0], filter));
}

}  // namespace nunmul
