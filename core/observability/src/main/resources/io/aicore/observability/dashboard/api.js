// Asks the server. Addresses are relative, so that the page works below any path.

const KEY = 'aicore-token';

export class ApiError extends Error {
  constructor(status, message, parameter) {
    super(message);
    this.status = status;
    this.parameter = parameter;
  }
}

// The token stays in this tab, and is sent in a header alone: addresses end up in logs.
export const token = {
  get: () => sessionStorage.getItem(KEY),
  set: value => sessionStorage.setItem(KEY, value),
  forget: () => sessionStorage.removeItem(KEY),
};

export async function open(path, params, signal) {
  const known = token.get();
  let response;
  try {
    response = await fetch(`api/${path}${params && params.size ? `?${params}` : ''}`, {
      headers: known ? {Authorization: `Bearer ${known}`} : {},
      cache: 'no-store',
      signal,
    });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError(0, 'The server of this page does not answer.');
  }
  if (response.ok) return response;
  let said = {};
  try {
    said = await response.json();
  } catch {
    // Not ours, as a proxy's error page: the status says enough.
  }
  throw new ApiError(response.status, said.error || `The server answered with status ${response.status}.`, said.parameter);
}

export const get = async (path, params, signal) => (await open(path, params, signal)).json();
