// SPDX-License-Identifier: GPL-2.0-or-later
#include "web/errors_page.h"

#include "web/html.h"
#include "web/page_frame.h"

namespace nunmul {
namespace {

struct AdviceRow {
  std::string_view name;  // of a code, or what codes of a kind begin with
  std::string_view meaning;
  std::string_view remedy;
};

// Rows of tables, which the formatter would take apart.
// clang-format off

constexpr AdviceRow kCodes[] = {
    {"missing_authorization_header", "The route needs a key, and none was sent.", "Send the header `Authorization: Bearer KEY`."},
    {"invalid_api_key", "The key is unknown or expired, or does not allow this action or this index.", "Send a key that does; GET /keys lists them."},
    {"missing_master_key", "Keys need a master key, and the server has none.", "Start the server with --master-key-file."},
    {"forbidden_origin", "A page of another site asked for a change, and the server has no master key.", "Start it with a key, or name the page's origin with --cors-origin."},
    {"forbidden_host", "The request names a host that is not the server's, and the server has no master key.", "Use the address it listens on, or name the host with --allowed-host."},
    {"bad_request", "The request has an unknown field or parameter, or lacks a part.", "Correct what the message names."},
    {"missing_content_type", "The body came without a Content-Type.", "Send `Content-Type: application/json`, or the type of the body."},
    {"invalid_content_type", "The route does not take a body of this type.", "Send one of the types that the message names."},
    {"missing_payload", "The body is empty.", "Send the body that the route takes."},
    {"malformed_payload", "The body does not parse, or its documents are not objects.", "Correct the place that the message names."},
    {"payload_too_large", "The body is larger than the server accepts, or a document in it is larger than 5 MB.", "Send it in parts, or start the server with a larger --max-body; split the document."},
    {"internal", "The server failed.", "See its log; if it happens again, report it."},
    {"too_many_search_requests", "The server is overloaded or is stopping, or this client searches too often.", "Ask again after the seconds that Retry-After names."},
    {"request_too_costly", "The request needs more time, more memory or a larger answer than one may have.", "Ask for less: fewer queries, a smaller `limit`, fewer attributes. The message names the option of the server that allows more."},
    {"no_space_left_on_device", "The disk is full.", "Free some space; the old state stays in service."},
    {"io_error", "A file could not be read or written.", "See the message and the log; `nunmul check` verifies the data folder."},
    {"index_rebuilding", "The index is being rebuilt from its documents, because files of it are damaged or of another version.", "Ask again after the seconds that Retry-After names; if it persists, see the log and `nunmul check`."},
    {"index_already_exists", "An index with this name exists.", "Choose another name, or delete that index."},
    {"index_primary_key_already_exists", "The documents of the index are identified by another field.", "Use that field, or delete the documents first."},
    {"index_primary_key_no_candidate_found", "No field name of the first document ends with `id`.", "Name the field that identifies documents with the parameter `primaryKey`."},
    {"index_primary_key_multiple_candidates_found", "Several field names of the first document end with `id`.", "Name the field that identifies documents with the parameter `primaryKey`."},
    {"max_fields_limit_exceeded", "A document has more fields than an index accepts.", "Turn keys that are data into values, such as items of an array."},
    {"missing_search_hybrid", "`vector` and `media` need `hybrid`, which is not offered.", "Leave them out."},
    {"feature_not_enabled", "The feature is not offered.", "Leave the parameter out."},
    {"route_not_offered", "The API has this route, but this server does not offer it.", "Do without it; /openapi.json lists the routes that are offered."},
    {"facet_search_disabled", "The index has facet search switched off.", "Set `facetSearch` to true."},
    {"task_file_not_found", "The task has no documents to show, or no longer has them.", "Only unfinished additions have them."},
    {"missing_task_filters", "Tasks are only canceled or deleted by a filter.", "Give a filter; `uids=*` stands for all."},
    {"missing_swap_indexes", "A swap does not name its indexes.", "Send `[{\"indexes\":[\"a\",\"b\"]}]`."},
    {"invalid_swap_duplicate_index_found", "An index is named twice in one request.", "Name each once."},
    {"api_key_already_exists", "A key with this uid exists.", "Choose another uid, or leave it out."},
    {"dump_process_failed", "The dump could not be written.", "See the log; often the disk is full."},
    {"invalid_webhooks", "There are as many webhooks as the server keeps.", "Delete one first."},
    {"invalid_input", "A file of the command line cannot be used.", "Correct what the message names. HTTP never returns this."},
};

// The first that fits.
constexpr AdviceRow kBeginnings[] = {
    {"immutable_", "A field was sent that cannot be changed.", "Leave it out."},
    {"missing_", "A field that must be there is missing.", "Send the field that the message names."},
    {"invalid_settings_", "The value of this setting cannot be used.", "Send what the message asks for, or null for the default."},
    {"invalid_", "A value has the wrong type, or is not allowed in its place.", "The message names the place, the value, and what is allowed."},
};

// clang-format on

}  // namespace

ErrorAdvice advice_on(const ErrorRow& row) {
  for (const AdviceRow& code : kCodes)
    if (code.name == row.name) return {std::string(code.meaning), std::string(code.remedy)};
  if (row.name.ends_with("_not_found"))
    return {"The request names something that does not exist.",
            "Check the name, and that the task that creates it has succeeded."};
  for (const AdviceRow& begin : kBeginnings)
    if (row.name.starts_with(begin.name)) return {std::string(begin.meaning), std::string(begin.remedy)};
  return {};
}

std::string render_errors(const PageTexts& texts) {
  Html html;
  open_page(html, {"Errors – nunmul", "What each error of the API means, and what to do.", "errors", false},
            texts);
  html.markup(
      "<article lang=\"en\"><h1>Errors</h1><p>The code stands in the answer, or in the error of a failed "
      "task. "
      "The message beside it names the place and the value.</p><dl>");
  for (const ErrorRow& row : error_rows()) {
    const ErrorAdvice advice = advice_on(row);
    html.markup("<div><dt").attribute("id", row.name).markup("><code>").text(row.name).markup("</code> ");
    html.text(std::to_string(row.status)).markup("</dt><dd>").text(advice.meaning).markup(" ");
    html.text(advice.remedy).markup("</dd></div>");
  }
  html.markup("</dl></article>");
  close_page(html, texts);
  return html.str();
}

}  // namespace nunmul
