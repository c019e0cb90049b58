import { OpenApiGeneratorV31, OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { Router } from 'express';
import { config } from '../config.ts';

/** Where every feature writes down its part of the API. */
export const apiRegistry = new OpenAPIRegistry();

let document: unknown;
/** The OpenAPI document 接口文档 of everything below /api/v1, put together at the first request. */
export function openApiDocument(): unknown {
  document ??= new OpenApiGeneratorV31(apiRegistry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Wenzheng 问政',
      version: '1',
      description:
        'Errors are `{ "error": { "code", "message", "fields" } }` with status 401, 403, 404, 409, 422 or 429; `message` and `fields` are sentences in the language of the `lang` parameter or cookie.',
    },
    servers: [{ url: `${config.baseUrl}/api/v1` }],
  });
  return document;
}

/** Serves the document; mounted at /api/v1. */
export const openApi = Router().get('/openapi.json', (_request, response) => {
  response.set('Access-Control-Allow-Origin', '*').json(openApiDocument());
});
