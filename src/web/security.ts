import helmet from 'helmet';
import type { RequestHandler } from 'express';
import { config } from '../config.ts';

const self = "'self'";

/** Security headers: no inline script or style, nothing from another host but videos of the sources named, no framing. */
export function securityHeaders(videoSources: () => readonly string[] = () => []): RequestHandler {
  const tls = config.baseUrl.startsWith('https://');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: [self],
        styleSrc: [self],
        imgSrc: [self, 'data:'],
        fontSrc: [self],
        mediaSrc: [self, () => videoSources().join(' ')],
        connectSrc: [self],
        manifestSrc: [self],
        workerSrc: [self],
        frameSrc: [self, () => videoSources().join(' ')],
        formAction: [self],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        ...(tls ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: tls,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  });
}
