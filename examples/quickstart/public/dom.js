/** @returns {any} the element; what kind it is, index.html says */
export const find = (id) => document.getElementById(id);

/** A copy of what a `<template>` holds. */
export const copyOf = (template) => find(template).content.firstElementChild.cloneNode(true);
