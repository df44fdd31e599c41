// SPDX-License-Identifier: GPL-2.0-or-later
// Places on the globe: the `_geo` of documents, circles and boxes that filters ask for, distances that hits
// are sorted by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "index/column.h"

namespace nunmul {

// The field that tells where a document is: {"lat":50.84,"lng":4.35}.
constexpr std::string_view kGeoField = "_geo";

struct GeoPoint {
  double lat = 0;  // degrees, -90 to 90
  double lng = 0;  // degrees, -180 to 180

  bool operator==(const GeoPoint&) const = default;
};

// A finite number that is all of the text.
std::optional<double> find_number(std::string_view text);

// From two texts; nothing for what is no place on the globe.
std::optional<GeoPoint> find_geo_point(std::string_view lat, std::string_view lng);

// Metres along a great circle.
double distance(const GeoPoint& a, const GeoPoint& b);

// The area near a point, or between two corners.
struct GeoArea {
  enum class Kind { Circle, Box };
  Kind kind = Kind::Circle;
  GeoPoint center;      // of a circle
  double metres = 0;    // its radius
  GeoPoint north_east;  // of a box; a box whose east is west of its west goes over 180 degrees
  GeoPoint south_west;  //

  bool contains(const GeoPoint& point) const;
  std::string canonical() const;  // the same text for the same area
};

// Where the documents of a segment are.
class GeoPlaces {
 public:
  // The columns outlive this.
  explicit GeoPlaces(const ColumnSet& columns);

  std::optional<GeoPoint> find(std::uint32_t document) const;

 private:
  const Column* lat_;
  const Column* lng_;
};

}  // namespace nunmul
