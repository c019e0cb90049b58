import helmet from 'helmet';
import type { RequestHandler } from 'express';
import { config } from '../config.ts';

const self = "'self'";

/** What only one person may see is kept by no browser and no proxy: after signing out, going back shows nothing. */
export const notKept: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

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
