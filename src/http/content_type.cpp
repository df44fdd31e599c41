// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/content_type.h"

#include <algorithm>
#include <span>

#include "base/log.h"
#include "http/text_fields.h"

namespace nunmul {
namespace {

struct MediaType {
  std::string_view name;
  PayloadFormat format;
};

constexpr MediaType kMediaTypes[] = {
    {"application/json", PayloadFormat::JsonText},
    {"application/x-ndjson", PayloadFormat::Ndjson},
    {"text/csv", PayloadFormat::Csv},
};

std::span<const MediaType> accepted(Body body) {
  return std::span<const MediaType>(kMediaTypes).first(body == Body::Documents ? std::size(kMediaTypes) : 1);
}

std::string accepted_names(Body body) {
  std::vector<std::string_view> names;
  for (const MediaType& type : accepted(body)) names.push_back(type.name);
  return listed(names);
}

std::string media_type(std::string_view content_type) {
  return to_lower_ascii(trimmed(content_type.substr(0, content_type.find(';'))));
}

}  // namespace

void check_content_type(const HttpRequest& request, Body body) {
  if (body == Body::None) return;
  const auto header = request.header("content-type");
  if (!header)
    throw Error(ErrorCode::MissingContentType,
                "A Content-Type header is missing. Accepted values for the Content-Type header are: " +
                    accepted_names(body));
  const std::string name = media_type(*header);
  const auto types = accepted(body);
  if (std::any_of(types.begin(), types.end(), [&](const MediaType& type) { return type.name == name; }))
    return;
  throw Error(ErrorCode::InvalidContentType,
              "The Content-Type `" + std::string(*header) +
                  "` is invalid. Accepted values for the Content-Type header are: " + accepted_names(body));
}

PayloadFormat payload_format(const HttpRequest& request) {
  const std::string name = media_type(request.header("content-type").value_or(""));
  for (const MediaType& type : kMediaTypes)
    if (type.name == name) return type.format;
  return PayloadFormat::JsonText;
}

}  // namespace nunmul
