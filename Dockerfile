# Builds the site and serves it: docker build -t half-of-peak . && docker run -p 8080:8080 half-of-peak
FROM node:24-slim AS build
WORKDIR /site
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
# Where it will be reached; canonical links, citations and the sitemap print it.
ARG SITE=http://localhost:8080
ENV SITE=$SITE ASTRO_TELEMETRY_DISABLED=1
RUN npm run build && node .github/deploy/precompress.mjs dist

FROM caddy:2-alpine
COPY .github/deploy/Caddyfile /etc/caddy/Caddyfile
COPY --from=build /site/dist /srv
USER 1000
EXPOSE 8080
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
