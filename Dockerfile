# The relay alone: one bundled program on Node, without packages, run as an unprivileged user.
FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY scripts/build-relay.ts scripts/
COPY utils/phone/renumbered-mobiles.ts utils/phone/normalize-text.ts utils/phone/
COPY relay relay
# Not `npm run`: it would use the npm package `node` of the lock file, whose binary --ignore-scripts left out.
RUN node scripts/build-relay.ts

FROM node:24-bookworm-slim
RUN install -d -o node -g node -m 0700 /var/lib/dialside
COPY --from=build /src/.output/relay /opt/dialside
# A port inside the container can be reached from outside only if it is published.
ENV NODE_ENV=production RELAY_HOST=0.0.0.0
# By default each of Node's threads keeps freed memory of its own: together 12 MB.
ENV MALLOC_ARENA_MAX=1
USER node
# Without DATABASE_URL the data are kept in ./data.
WORKDIR /var/lib/dialside
VOLUME /var/lib/dialside
EXPOSE 4600
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.RELAY_OPS_PORT || Number(process.env.RELAY_PORT || 4600) + 1) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# The relay needs little memory at a time; without a limit V8 would let 100 MB of garbage accumulate.
ENTRYPOINT ["node", "--max-semi-space-size=4", "--heap-growing-percent=50", "/opt/dialside/relay.mjs"]
CMD ["start"]
