import { pathOf } from '../setup/commands.mjs';

/**
 * The options of JupyterLab: our notebooks, our kernel, no question asked, no news fetched, nothing written outside the checkout.
 * @param {{ root: string, folder: string, platform: NodeJS.Platform, browser: boolean, port: number | null, isRoot: boolean }} options
 * @returns {string[]}
 */
export function labArguments({ root, folder, platform, browser, port, isRoot }) {
  const path = pathOf(platform);
  const cache = path.join(root, '.cache', 'jupyter');
  return [
    `--ServerApp.root_dir=${folder}`,
    ...(browser ? [] : ['--no-browser']),
    ...(port === null ? [] : [`--ServerApp.port=${port}`, '--ServerApp.port_retries=0']),
    ...(isRoot ? ['--allow-root'] : []),
    '--ServerApp.answer_yes=True',
    '--MultiKernelManager.default_kernel_name=keras-primer',
    "--KernelSpecManager.allowed_kernelspecs={'keras-primer'}",
    '--KernelSpecManager.ensure_native_kernel=False',
    '--LabApp.extension_manager=readonly',
    `--FileCheckpoints.checkpoint_dir=${path.join(cache, 'checkpoints')}`,
    `--AsyncFileCheckpoints.checkpoint_dir=${path.join(cache, 'checkpoints')}`,
    '--ServerApp.log_level=WARN',
    '--LanguageServerManager.autodetect=False',
  ];
}

/** JupyterLab's own switches for what would ask the network or the user. */
export const labSettings = {
  '@jupyterlab/apputils-extension:notification': {
    checkForUpdates: false,
    fetchNews: 'false',
    doNotDisturbMode: false,
  },
};
