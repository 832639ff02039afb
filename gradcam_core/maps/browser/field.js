// A map on its grid -> values per pixel of the part of the picture that the model saw.

function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
}

function mapsOf(data) {
  const all = new Float32Array(bytesOf(data.maps).buffer);
  const size = data.grid[0] * data.grid[1];
  return data.cards.map((card, i) => all.subarray(i * size, (i + 1) * size));
}

function peakOf(map) {
  let peak = 0;
  for (const value of map) if (value > peak) peak = value;
  return peak;
}

// The value that becomes 1: as gradcam_core.overlay.normalise does it.
function topOf(map, how, shared) {
  if (how === "shared") return shared;
  if (how === "image") return peakOf(map);
  const sorted = Array.from(map).sort((a, b) => a - b);
  const at = (sorted.length - 1) * 0.99;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

// One axis: for each output pixel the two grid cells and the weight of the second.
function axisWeights(cells, from, to, pixels, smooth) {
  const low = new Int32Array(pixels);
  const high = new Int32Array(pixels);
  const weight = new Float32Array(pixels);
  for (let i = 0; i < pixels; i += 1) {
    const at = (from + ((i + 0.5) / pixels) * (to - from)) * cells;
    if (smooth) {
      const centre = Math.min(Math.max(at - 0.5, 0), cells - 1);
      low[i] = Math.floor(centre);
      high[i] = Math.min(low[i] + 1, cells - 1);
      weight[i] = centre - low[i];
    } else {
      low[i] = high[i] = Math.min(Math.max(Math.floor(at), 0), cells - 1);
    }
  }
  return { low, high, weight };
}

// content: [top, left, bottom, right] shares of the network input that hold picture, not padding.
function fieldOf(map, grid, content, height, width, smooth) {
  const rows = axisWeights(grid[0], content[0], content[2], height, smooth);
  const columns = axisWeights(grid[1], content[1], content[3], width, smooth);
  const field = new Float32Array(height * width);
  for (let y = 0; y < height; y += 1) {
    const upper = rows.low[y] * grid[1];
    const lower = rows.high[y] * grid[1];
    const v = rows.weight[y];
    for (let x = 0; x < width; x += 1) {
      const left = columns.low[x];
      const right = columns.high[x];
      const u = columns.weight[x];
      const above = map[upper + left] * (1 - u) + map[upper + right] * u;
      const below = map[lower + left] * (1 - u) + map[lower + right] * u;
      field[y * width + x] = above * (1 - v) + below * v;
    }
  }
  return field;
}

// Marching squares: line segments [x0, y0, x1, y1, ...] in shares of the field, where it crosses level.
function contourOf(field, height, width, level) {
  const segments = [];
  const cross = (a, b) => (level - a) / (b - a);
  for (let y = 0; y + 1 < height; y += 1) {
    for (let x = 0; x + 1 < width; x += 1) {
      const a = field[y * width + x];
      const b = field[y * width + x + 1];
      const c = field[(y + 1) * width + x + 1];
      const d = field[(y + 1) * width + x];
      const points = [];
      if (a < level !== b < level) points.push(x + cross(a, b), y);
      if (b < level !== c < level) points.push(x + 1, y + cross(b, c));
      if (d < level !== c < level) points.push(x + cross(d, c), y + 1);
      if (a < level !== d < level) points.push(x, y + cross(a, d));
      for (let i = 0; i + 3 < points.length; i += 4) {
        segments.push(
          (points[i] + 0.5) / width, (points[i + 1] + 0.5) / height,
          (points[i + 2] + 0.5) / width, (points[i + 3] + 0.5) / height,
        );
      }
    }
  }
  return segments;
}
