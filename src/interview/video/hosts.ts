import { config } from '../../config.ts';
import { beforeSettingChange } from '../../organization/index.ts';
import { listSetting } from '../../platform/settings.ts';

/** Hosts whose broadcasts may be shown inside our pages, one a line: `player.example.com` or `*.example.com`. */
const videoHosts = listSetting('interview.video-hosts', { default: [], max: 50 });

const hostPattern = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}(:\d{1,5})?$/;
const tidy = (line: string) => line.trim().toLowerCase();

/** The allowed hosts; a line that is no host name counts as absent, it must not reach a security header. */
export function allowedHosts(): string[] {
  return videoHosts
    .value()
    .map(tidy)
    .filter((line) => hostPattern.test(line));
}

/** Sources of frames and films for the content security policy. */
export const videoSources = (): string[] => allowedHosts().map((host) => `https://${host}`);

/** True when an address may be shown: https, an allowed host, and not our own. */
export function isAllowed(address: URL): boolean {
  if (address.protocol !== 'https:' || address.username !== '' || address.password !== '') return false;
  if (address.host === new URL(config.baseUrl).host) return false;
  return allowedHosts().some((host) =>
    host.startsWith('*.') ? address.host.endsWith(host.slice(1)) : address.host === host,
  );
}

beforeSettingChange(async (_actor, key, value) => {
  if (key !== videoHosts.key || !Array.isArray(value)) return undefined;
  const wrong = (value as readonly string[]).find((line) => !hostPattern.test(tidy(line)));
  return wrong === undefined ? undefined : { key: 'interview-material.errors.not-a-host', params: { line: wrong } };
});
