import { Router } from 'express';
import { translate } from '../platform/language.ts';
import { actorOf } from './actor.ts';
import { openApiDocument } from './openapi.ts';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Record<string, unknown>;
}
interface Operation {
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, { schema?: Record<string, unknown> }> };
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: Record<string, unknown> }> }>;
}
interface Document {
  info: { description?: string };
  servers?: { url: string }[];
  paths?: Record<string, Record<string, Operation>>;
}

const firstSchema = (content: Record<string, { schema?: Record<string, unknown> }> | undefined) => {
  const schema = Object.values(content ?? {})[0]?.schema;
  return schema ? JSON.stringify(schema, null, 2) : null;
};

function operationView(method: string, path: string, operation: Operation) {
  return {
    method: method.toUpperCase(),
    path,
    anchor: `${method}${path.replace(/[^a-z0-9]+/gi, '-')}`,
    // The document itself speaks English: it is read by programs
    summary: operation.summary ?? null,
    description: operation.description ?? null,
    parameters: (operation.parameters ?? []).map(({ name, in: place, required, description, schema }) => ({
      name,
      place,
      required: required === true,
      description: description ?? '',
      type: JSON.stringify(schema ?? {}),
    })),
    body: firstSchema(operation.requestBody?.content),
    responses: Object.entries(operation.responses ?? {}).map(([status, { description, content }]) => ({
      status,
      description: description ?? '',
      schema: firstSchema(content),
    })),
  };
}

/** The page /api 接口说明: the OpenAPI document for people, drawn by ourselves because a viewer's inline styles are not let in. */
export const apiPage = Router().get('/api', (request, response) => {
  const document = openApiDocument() as Document;
  response.render('web/api', {
    title: translate(actorOf(request).language, 'api.title'),
    shape: '{ "error": { "code": …, "message": …, "fields": … } }',
    server: document.servers?.[0]?.url ?? null,
    operations: Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => operationView(method, path, operation)),
    ),
  });
});
