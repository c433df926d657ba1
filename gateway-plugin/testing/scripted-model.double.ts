/**
 * Stands in for a language model: a server with the OpenAI chat interface that obeys the last user message.
 * `SEND <to> <text>` calls the message tool, `TOOL <name> <json>` any tool; everything else is answered in words.
 * Turns that say `TOGETHER` can be gathered and answered all at the same moment.
 * A call that OpenClaw gave up by itself is made again: nothing was tried by it.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { z } from 'zod';

const message = z.looseObject({ role: z.string(), content: z.unknown() });
const request = z.looseObject({
  messages: z.array(message).default([]),
  tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }) })).default([]),
});
type ChatRequest = z.infer<typeof request>;

interface ToolCall {
  readonly name: string;
  readonly args: unknown;
}

/** OpenClaw says so when a command beside the gateway held its database for too long. */
export const gaveUp = 'another OpenClaw process owns';
export const mostTries = 3;

export interface ScriptedModel {
  readonly baseUrl: string;
  /** From now on turns that say `TOGETHER` wait. */
  gather(): Gathering;
  stop(): Promise<void>;
}

export interface Gathering {
  /** Turns that wait at this moment. */
  waiting(): number;
  /** Answers them all, and whoever comes later at once. */
  release(): void;
}

export async function startScriptedModel(): Promise<ScriptedModel> {
  let gathered: (() => void)[] | null = null;
  const server = createServer((incoming, response) => {
    let body = '';
    incoming.setEncoding('utf8');
    incoming.on('data', (part: string) => (body += part));
    incoming.on('end', () => {
      if (incoming.url?.endsWith('/models') === true) {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ object: 'list', data: [{ id: 'scripted', object: 'model' }] }));
        return;
      }
      const chat = request.parse(JSON.parse(body));
      const reply = (): void => {
        answer(response, chat);
      };
      if (gathered !== null && !isAfterTool(chat) && saysTogether(chat)) gathered.push(reply);
      else reply();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port for the scripted model.');
  return {
    baseUrl: `http://127.0.0.1:${String(address.port)}/v1`,
    gather: () => {
      const turns: (() => void)[] = [];
      gathered = turns;
      return {
        waiting: () => turns.length,
        release: () => {
          gathered = null;
          for (const reply of turns) reply();
        },
      };
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What a gateway's config needs for its agents to ask this model and no other. */
export function askingScriptedModel(baseUrl: string) {
  return {
    agents: { defaults: { model: { primary: 'scripted/scripted' }, maxConcurrent: 40 } },
    models: {
      mode: 'merge',
      providers: {
        scripted: {
          baseUrl,
          apiKey: 'none',
          api: 'openai-completions',
          models: [
            {
              id: 'scripted',
              name: 'Scripted',
              reasoning: false,
              input: ['text'],
              contextWindow: 200_000,
              maxTokens: 8000,
            },
          ],
        },
      },
    },
  };
}

function answer(response: ServerResponse, chat: ChatRequest): void {
  const call = isAfterTool(chat) && !shouldTryAgain(chat) ? null : wantedCall(chat);
  const delta =
    call === null
      ? { role: 'assistant', content: words(chat) }
      : {
          role: 'assistant',
          tool_calls: [
            {
              index: 0,
              id: `call_${String(Date.now())}`,
              type: 'function',
              function: { name: call.name, arguments: JSON.stringify(call.args) },
            },
          ],
        };
  response.setHeader('content-type', 'text/event-stream');
  const chunk = (part: object): void => {
    const base = { id: 'scripted', object: 'chat.completion.chunk', created: 1, model: 'scripted' };
    response.write(`data: ${JSON.stringify({ ...base, ...part })}\n\n`);
  };
  chunk({ choices: [{ index: 0, delta, finish_reason: null }] });
  chunk({ choices: [{ index: 0, delta: {}, finish_reason: call === null ? 'stop' : 'tool_calls' }] });
  chunk({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } });
  response.end('data: [DONE]\n\n');
}

/** Anywhere in the conversation: the gateway may put its own remarks behind what the user said. */
function saysTogether({ messages }: ChatRequest): boolean {
  return messages.some(({ role, content }) => role === 'user' && textOf(content).includes('TOGETHER'));
}

function isAfterTool({ messages }: ChatRequest): boolean {
  return messages.slice(-3).some(({ role }) => role === 'tool');
}

function shouldTryAgain({ messages }: ChatRequest): boolean {
  const results = messages.filter(({ role }) => role === 'tool').map(({ content }) => textOf(content));
  return results.at(-1)?.includes(gaveUp) === true && results.length < mostTries;
}

function wantedCall(chat: ChatRequest): ToolCall | null {
  const asked = lastUserText(chat);
  const send = /SEND (\S+) (.+?)(?:\n|$)/u.exec(asked);
  if (send) {
    const args = { action: 'send', channel: 'imessage', target: send[1], message: send[2] };
    return directly(chat, { name: 'message', args });
  }
  const tool = /TOOL (\S+) (\{.*\})/u.exec(asked);
  return tool ? directly(chat, { name: tool[1] ?? '', args: JSON.parse(tool[2] ?? '{}') as unknown }) : null;
}

/** The gateway may offer a tool only through its `tool_call` wrapper. */
function directly(chat: ChatRequest, call: ToolCall): ToolCall {
  const offered = chat.tools.some((tool) => tool.function.name === call.name);
  return offered ? call : { name: 'tool_call', args: { id: call.name, args: call.args } };
}

function words(chat: ChatRequest): string {
  const tool = chat.messages.findLast(({ role }) => role === 'tool');
  if (tool && chat.messages.slice(-3).includes(tool)) return `DONE: ${textOf(tool.content).slice(0, 200)}`;
  return `REPLY: ${lastUserText(chat).slice(-60).replaceAll(/\s+/gu, ' ')}`;
}

/** What the user said last, also when tools have answered since. */
function lastUserText({ messages }: ChatRequest): string {
  const end = messages.findLastIndex(({ role }) => role === 'user') + 1;
  const before = messages.slice(0, end).findLastIndex(({ role }) => role !== 'user');
  return messages
    .slice(before + 1, end)
    .map(({ content }) => textOf(content))
    .join('\n');
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  const parts = z.array(z.looseObject({ text: z.string().optional() })).safeParse(content);
  return parts.success ? parts.data.map((part) => part.text ?? '').join('\n') : '';
}
