// SPDX-License-Identifier: GPL-2.0-or-later
// The description has every route of the table with its parameters, and nothing that is refused.
#include "http/openapi.h"

#include <doctest/doctest.h>

#include "http/routes.h"

using namespace nunmul;

TEST_SUITE_BEGIN("http/openapi");

TEST_CASE("every route with a summary is described, and its schemas exist") {
  const std::vector<Route> routes = api_routes();
  const Json description = openapi_description(routes);
  std::size_t operations = 0, described = 0;
  for (const Route& route : routes) described += route.summary.empty() ? 0 : 1;
  for (const auto& [path, methods] : description["paths"].items()) {
    CAPTURE(path);
    CHECK(path.find(':') == std::string::npos);
    operations += methods.size();
  }
  CHECK(operations == described);
  for (const Route& route : routes) {
    CAPTURE(route.pattern);
    if (!route.answer.schema.empty())
      CHECK(description["components"]["schemas"].contains(std::string(route.answer.schema)));
  }
}

TEST_CASE("names in a path become parameters") {
  const Json description = openapi_description(api_routes());
  const Json& operation = description["paths"]["/indexes/{uid}/documents/{id}"]["get"];
  CHECK(operation["parameters"][0]["name"] == "uid");
  CHECK(operation["parameters"][1]["name"] == "id");
  CHECK(operation["parameters"][2]["in"] == "query");
}

TEST_CASE("what must be sent is required, and what may not be sent is left out") {
  const Json description = openapi_description(api_routes());
  const Json& made =
      description["paths"]["/keys"]["post"]["requestBody"]["content"]["application/json"]["schema"];
  CHECK(made["required"] == Json::array({"actions", "indexes", "expiresAt"}));
  CHECK(made["properties"]["expiresAt"]["type"] == Json::array({"string", "null"}));
  const Json& patched =
      description["paths"]["/keys/{key}"]["patch"]["requestBody"]["content"]["application/json"]["schema"];
  CHECK_FALSE(patched["properties"].contains("actions"));
}

TEST_CASE("a route that needs no key says so") {
  const Json description = openapi_description(api_routes());
  CHECK(description["paths"]["/health"]["get"]["security"].empty());
  CHECK(description["paths"]["/version"]["get"]["x-key-action"] == "version");
}
