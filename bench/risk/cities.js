/**
 * The cities that stories play in.
 *
 * @typedef {{ city: string, country: string, latitude: number, longitude: number }} City
 * @type {Readonly<Record<string, City>>}
 */
export const cities = {
  berlin: city('Berlin', 'DE', 52.52, 13.4),
  hamburg: city('Hamburg', 'DE', 53.55, 10),
  munich: city('Munich', 'DE', 48.14, 11.58),
  frankfurt: city('Frankfurt', 'DE', 50.11, 8.68),
  potsdam: city('Potsdam', 'DE', 52.4, 13.07),
  paris: city('Paris', 'FR', 48.86, 2.35),
  lyon: city('Lyon', 'FR', 45.76, 4.84),
  london: city('London', 'GB', 51.51, -0.13),
  manchester: city('Manchester', 'GB', 53.48, -2.24),
  edinburgh: city('Edinburgh', 'GB', 55.95, -3.19),
  madrid: city('Madrid', 'ES', 40.42, -3.7),
  barcelona: city('Barcelona', 'ES', 41.39, 2.17),
  rome: city('Rome', 'IT', 41.9, 12.5),
  milan: city('Milan', 'IT', 45.46, 9.19),
  amsterdam: city('Amsterdam', 'NL', 52.37, 4.9),
  vienna: city('Vienna', 'AT', 48.21, 16.37),
  zurich: city('Zurich', 'CH', 47.37, 8.54),
  warsaw: city('Warsaw', 'PL', 52.23, 21.01),
  stockholm: city('Stockholm', 'SE', 59.33, 18.07),
  lisbon: city('Lisbon', 'PT', 38.72, -9.14),
  istanbul: city('Istanbul', 'TR', 41.01, 28.98),
  kyiv: city('Kyiv', 'UA', 50.45, 30.52),
  moscow: city('Moscow', 'RU', 55.76, 37.62),
  'new-york': city('New York', 'US', 40.71, -74.01),
  boston: city('Boston', 'US', 42.36, -71.06),
  chicago: city('Chicago', 'US', 41.88, -87.63),
  dallas: city('Dallas', 'US', 32.78, -96.8),
  'los-angeles': city('Los Angeles', 'US', 34.05, -118.24),
  toronto: city('Toronto', 'CA', 43.65, -79.38),
  vancouver: city('Vancouver', 'CA', 49.28, -123.12),
  'mexico-city': city('Mexico City', 'MX', 19.43, -99.13),
  'sao-paulo': city('São Paulo', 'BR', -23.55, -46.63),
  rio: city('Rio de Janeiro', 'BR', -22.91, -43.17),
  lagos: city('Lagos', 'NG', 6.52, 3.38),
  johannesburg: city('Johannesburg', 'ZA', -26.2, 28.05),
  mumbai: city('Mumbai', 'IN', 19.08, 72.88),
  delhi: city('Delhi', 'IN', 28.61, 77.21),
  singapore: city('Singapore', 'SG', 1.35, 103.82),
  hanoi: city('Hanoi', 'VN', 21.03, 105.85),
  tokyo: city('Tokyo', 'JP', 35.68, 139.69),
  osaka: city('Osaka', 'JP', 34.69, 135.5),
  sydney: city('Sydney', 'AU', -33.87, 151.21),
  melbourne: city('Melbourne', 'AU', -37.81, 144.96),
};

/** @param {string} name @param {string} country @param {number} latitude @param {number} longitude @returns {City} */
function city(name, country, latitude, longitude) {
  return { city: name, country, latitude, longitude };
}
