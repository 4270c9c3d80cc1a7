# Answerbox in one image: program, built-in weights and demo shop; everything a run writes lies in /data.
#
#   docker build -t answerbox .
#   docker run -p 8080:8080 -v answerbox:/data answerbox
#
# GPU=cuda makes the NVIDIA variant (docker-compose.gpu.yml). The steps are scripts, so that they are
# checked where there is no Docker engine: scripts/check-image-steps.sh runs them as they stand.
ARG GPU=none
ARG NODE_IMAGE=node:24-bookworm-slim
# The prebuilt llama.cpp asks for CUDA 13; glibc must not be older than the build stage's.
ARG CUDA_IMAGE=nvidia/cuda:13.0.1-runtime-ubuntu24.04

FROM ${NODE_IMAGE} AS build
ARG GPU
# Headers come with the image, so that compiling the native modules downloads none.
ENV npm_config_nodedir=/usr/local
RUN apt-get update \
 && apt-get install -y --no-install-recommends g++ make python3 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN GPU=${GPU} scripts/image-build.sh /app

FROM ${NODE_IMAGE} AS base-none

FROM ${CUDA_IMAGE} AS base-cuda
COPY --from=build /usr/local/bin/node /usr/local/bin/node
ENV NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility

FROM base-${GPU} AS runtime
WORKDIR /app
# What changes least comes first: an upgrade of the program fetches only the last layers.
COPY --from=build /app/models ./models
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/data ./data
COPY --from=build /app/scripts ./scripts
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/dist ./dist
ENV NODE_ENV=production \
    HOME=/tmp \
    ANSWERBOX_HOST=0.0.0.0 \
    ANSWERBOX_PORT=8080 \
    ANSWERBOX_DATA_DIR=/data
RUN scripts/image-runtime.sh 10001
USER 10001:10001
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
  CMD ["node", "/app/scripts/healthcheck.js"]
ENTRYPOINT ["/app/scripts/image-entry.sh"]
CMD ["serve"]
