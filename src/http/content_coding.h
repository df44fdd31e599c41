// SPDX-License-Identifier: GPL-2.0-or-later
// gzip and deflate: request bodies are inflated within limits, answers are packed.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/body_collector.h"
#include "http/http_message.h"

namespace nunmul {

enum class ContentCoding { Gzip, Deflate };

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

// Quick, since an answer is packed while its client waits; Small for what is sent once and kept.
enum class Packing { Quick, Small };
std::string gzip(std::string_view bytes, Packing packing = Packing::Quick);

}  // namespace nunmul
