// SPDX-License-Identifier: GPL-2.0-or-later
// gzip, deflate and br: unpacks request bodies, within limits, and packs answers.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/body_collector.h"
#include "http/http_message.h"

namespace nunmul {

enum class ContentCoding { Gzip, Deflate, Brotli };

// Nothing for no coding ("identity"). Throws Refusal(415) for another one.
std::optional<ContentCoding> read_content_coding(std::string_view header);

// Inflates a stream piece by piece. Small input can say much (1:1032); the receiver limits the bytes
// in all, the inflater their ratio to the input.
class Inflater {
 public:
  explicit Inflater(ContentCoding coding);
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Throws Refusal(400) for damaged input, Refusal(413) for a bomb.
  void inflate(std::string_view bytes, BodyCollector& receiver);

  // Throws Refusal(400) when the stream has not ended.
  void finish() const;

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
};

// Replaces the body of a request that has a Content-Encoding by what it says. Throws Refusal.
void inflate_body(HttpRequest& request, const BodyLimits& limits);

// Which coding an answer of so many bytes gets for an Accept-Encoding header, if any. Small answers gain
// nothing by it; but who names one coding and no other reads every answer in it, some clients without
// looking whether it is.
std::optional<ContentCoding> choose_coding(std::string_view accept_encoding, std::size_t bytes);

// As headers say it.
std::string_view name_of(ContentCoding coding);

// Quick, since an answer is packed while its client waits; Small for what is sent once and kept.
enum class Packing { Quick, Small };
std::string packed(std::string_view bytes, ContentCoding coding, Packing packing = Packing::Quick);

}  // namespace nunmul
