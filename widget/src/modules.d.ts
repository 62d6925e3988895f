declare module "*.css" {
  const text: string;
  export default text;
}
declare module "naast:texts" {
  const all: Record<string, Record<string, string>>;
  export default all;
}
declare module "naast:numbers" {
  const all: string[];
  export default all;
}
